// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "density.hpp"
#include "detail/kernel_density.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace topoprune {

/// Log densities that the user brings for the n points of one cloud: from a model of the features, say, or
/// any other function to filter by; the codensity is its negative. They do not move with the points: the
/// pull-back is 0, and an ascent moves the points by their scales alone.
///
/// Cost: O(n).
struct given_values {
    /// n natural logarithms (or anything that is larger at typical samples), in the order of the points.
    std::vector<double> values;

    /// points: n x m, row-major. Returns the values.
    /// Throws std::invalid_argument unless there is one finite value for each point.
    [[nodiscard]] std::vector<double> log_density(matrix_view<const double> points, const execution&) const {
        require(std::ssize(values) == points.rows(), "given_values::log_density", "the number of values",
                values.size(), "the number of points,", points.rows());
        const auto broken =
            std::find_if_not(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
        require(broken == values.end(), "given_values::log_density", "a value",
                broken == values.end() ? 0.0 : *broken, "finite");
        return values;
    }

    /// Adds nothing.
    void add_pull_back(matrix_view<const double> points, std::span<const double> log_density,
                       std::span<const double> weights, matrix_view<double> gradient,
                       const execution&) const {
        detail::require_pull_back_shapes(points, log_density, weights, gradient,
                                         "given_values::add_pull_back");
    }
};

static_assert(Density<given_values>);

} // namespace topoprune
