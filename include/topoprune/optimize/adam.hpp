// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "optimizer.hpp"

namespace topoprune {

/// Adam (Kingma and Ba 2015, algorithm 1), uphill: with g the gradient,
///     m <- b1 m + (1 - b1) g,   v <- b2 v + (1 - b2) g^2,
///     x <- x + rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon).
/// The first step moves every coordinate with a gradient by `learning_rate`, whatever the gradient's size.
struct adam {
    /// Step size in units of the coordinates; > 0. Six steps move a coordinate by at most about 6 of it.
    double learning_rate = 0.01;
    /// Number of steps of a run; >= 0. TopoCore (table 2) takes 6.
    int steps = 6;
    /// Decay of the first and second moment, in [0, 1). Larger remembers longer.
    double first_decay = 0.9;
    double second_decay = 0.999;
    /// Keeps the division finite; gradients far below it move nothing.
    double epsilon = 1e-8;

    struct state {
        matrix<double> first_moment;
        matrix<double> second_moment;
        int steps_made = 0;
    };

    TOPOPRUNE_DECLARE [[nodiscard]] state start(std::int64_t rows, std::int64_t columns) const;

    TOPOPRUNE_DECLARE void ascend(state& run, matrix_view<double> points,
                                  matrix_view<const double> gradient) const;
};

static_assert(Optimizer<adam>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "adam.ipp"
#endif
