// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "density.hpp"
#include "detail/kernel_density.hpp"

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
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> log_density(matrix_view<const double> points,
                                                                    const execution&) const;

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

#if !defined(TOPOPRUNE_COMPILED)
#include "given_values.ipp"
#endif
