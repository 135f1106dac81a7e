// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"

#include <concepts>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune {

/// Atom of Density: the log density of a cloud at its own points.
template <class D>
concept EvaluatesLogDensity =
    requires(const D& policy, matrix_view<const double> points, const execution& where) {
        { policy.log_density(points, where) } -> std::same_as<std::vector<double>>;
    };

/// Atom of Density: carries a derivative by the log densities back to the points.
template <class D>
concept PullsBackToPoints =
    requires(const D& policy, matrix_view<const double> points, std::span<const double> log_density,
             std::span<const double> weights, matrix_view<double> gradient, const execution& where) {
        { policy.add_pull_back(points, log_density, weights, gradient, where) } -> std::same_as<void>;
    };

/// A type that estimates the density of a cloud at its own points (n x m, row-major) and is differentiable.
///
/// Syntax:    log_density(points, execution) -> n values;
///            add_pull_back(points, log_density, weights, gradient, execution): gradient (n x m) receives
///            sum_i weights_i * d log_density_i / d points, where log_density is what the first call gave.
/// Semantics: the log density of point i may depend on every point; the pull-back is the exact transpose of
///            that dependence, point i in its role as query and as sample. Constant; the same bits on any
///            number of threads; -log density is the codensity of the filtration. A model may offer another
///            finite value that grows where points are dense, and says so.
/// Models:    distance_to_measure, exponential_kde, gaussian_kde, given_values, knn_density.
/// Cost:      stated by each; memory linear in n.
template <class D>
concept Density = std::copyable<D> && EvaluatesLogDensity<D> && PullsBackToPoints<D>;

/// The log densities, from a policy that may be anybody's. Throws std::invalid_argument that names the
/// function unless there is one for each point. O(1) beside the density.
template <Density D>
[[nodiscard]] std::vector<double> evaluate_log_density(const D& density, matrix_view<const double> points,
                                                       std::string_view function, const execution& where) {
    std::vector<double> values = density.log_density(points, where);
    require(std::ssize(values) == points.rows(), function, "the number of values of the density",
            values.size(), "the number of points,", points.rows());
    return values;
}

} // namespace topoprune
