// SPDX-License-Identifier: MIT
#pragma once

#include "adam.hpp"

#include "../core/checks.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE adam::state adam::start(std::int64_t rows, std::int64_t columns) const {
    require(learning_rate > 0 && std::isfinite(learning_rate), "adam", "learning_rate", learning_rate,
            "positive and finite");
    require(steps >= 0, "adam", "steps", steps, "at least 0");
    require(first_decay >= 0 && first_decay < 1, "adam", "first_decay", first_decay, "in [0, 1)");
    require(second_decay >= 0 && second_decay < 1, "adam", "second_decay", second_decay, "in [0, 1)");
    require(epsilon > 0, "adam", "epsilon", epsilon, "positive");
    return {matrix<double>::Zero(rows, columns), matrix<double>::Zero(rows, columns)};
}

TOPOPRUNE_DEFINE void adam::ascend(state& run, matrix_view<double> points,
                                   matrix_view<const double> gradient) const {
    require(run.first_moment.size() == points.size() && gradient.size() == points.size(), "adam::ascend",
            "the number of gradient entries", gradient.size(), "that of the points and of the state,",
            points.size());
    ++run.steps_made;
    const double first_bias = 1 - std::pow(first_decay, run.steps_made);
    const double second_bias = 1 - std::pow(second_decay, run.steps_made);
    for (std::int64_t i = 0; i < points.size(); ++i) {
        const double slope = gradient.data()[i];
        double& m = run.first_moment.data()[i];
        double& v = run.second_moment.data()[i];
        m = first_decay * m + (1 - first_decay) * slope;
        v = second_decay * v + (1 - second_decay) * slope * slope;
        points.data()[i] += learning_rate * (m / first_bias) / (std::sqrt(v / second_bias) + epsilon);
    }
}

} // namespace topoprune
