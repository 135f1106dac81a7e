// SPDX-License-Identifier: MIT
#pragma once

#include "given_values.hpp"

#include "../core/checks.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> given_values::log_density(matrix_view<const double> points,
                                                               const execution&) const {
    require(std::ssize(values) == points.rows(), "given_values::log_density", "the number of values",
            values.size(), "the number of points,", points.rows());
    const auto broken =
        std::find_if_not(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
    require(broken == values.end(), "given_values::log_density", "a value",
            broken == values.end() ? 0.0 : *broken, "finite");
    return values;
}

} // namespace topoprune
