// SPDX-License-Identifier: MIT
#pragma once

#include "gradient_ascent.hpp"

#include "../core/checks.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE gradient_ascent::state gradient_ascent::start(std::int64_t, std::int64_t) const {
    require(learning_rate > 0 && std::isfinite(learning_rate), "gradient_ascent", "learning_rate",
            learning_rate, "positive and finite");
    require(steps >= 0, "gradient_ascent", "steps", steps, "at least 0");
    return {};
}

TOPOPRUNE_DEFINE void gradient_ascent::ascend(state&, matrix_view<double> points,
                                              matrix_view<const double> gradient) const {
    require(gradient.size() == points.size(), "gradient_ascent::ascend", "the number of gradient entries",
            gradient.size(), "that of the points,", points.size());
    for (std::int64_t i = 0; i < points.size(); ++i)
        points.data()[i] += learning_rate * gradient.data()[i];
}

} // namespace topoprune
