// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "optimizer.hpp"

namespace topoprune {

/// Plain gradient ascent, x <- x + rate * gradient. A point moves in proportion to its gradient, so its
/// displacement keeps the gradient's size, which Adam forgets.
struct gradient_ascent {
    /// > 0; in units of coordinate^2 per unit of the loss.
    double learning_rate = 0.01;
    /// Number of steps of a run; >= 0.
    int steps = 6;

    struct state {};

    TOPOPRUNE_DECLARE [[nodiscard]] state start(std::int64_t, std::int64_t) const;

    TOPOPRUNE_DECLARE void ascend(state&, matrix_view<double> points,
                                  matrix_view<const double> gradient) const;
};

static_assert(Optimizer<gradient_ascent>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "gradient_ascent.ipp"
#endif
