// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "optimizer.hpp"

#include <cmath>

namespace topoprune {

/// Plain gradient ascent, x <- x + rate * gradient. A point moves in proportion to its gradient, so its
/// displacement keeps the gradient's size, which Adam forgets.
struct gradient_ascent {
    /// > 0; in units of coordinate^2 per unit of the loss.
    double learning_rate = 0.01;
    /// Number of steps of a run; >= 0.
    int steps = 6;

    struct state {};

    [[nodiscard]] state start(std::int64_t, std::int64_t) const {
        require(learning_rate > 0 && std::isfinite(learning_rate), "gradient_ascent", "learning_rate",
                learning_rate, "positive and finite");
        require(steps >= 0, "gradient_ascent", "steps", steps, "at least 0");
        return {};
    }

    void ascend(state&, matrix_view<double> points, matrix_view<const double> gradient) const {
        require(gradient.size() == points.size(), "gradient_ascent::ascend", "the number of gradient entries",
                gradient.size(), "that of the points,", points.size());
        for (std::int64_t i = 0; i < points.size(); ++i)
            points.data()[i] += learning_rate * gradient.data()[i];
    }
};

static_assert(Optimizer<gradient_ascent>);

} // namespace topoprune
