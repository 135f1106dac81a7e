// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"

#include <concepts>
#include <string_view>

namespace topoprune {

/// A loss at a cloud, and its derivative by the cloud.
struct loss_value {
    double value = 0;
    /// n x m, row-major, as the points.
    matrix<double> gradient;
};

/// Atom of TopologicalLoss.
template <class L>
concept EvaluatesWithGradient =
    requires(const L& policy, matrix_view<const double> points, const execution& where) {
        { policy.value_and_gradient(points, where) } -> std::same_as<loss_value>;
    };

/// A type that says how much topology a cloud has (points: n x m, row-major) and in which direction the
/// points would have more. Semantics: invariant under permutation of the points (the gradient permutes
/// along), or, for a loss that draws samples of them by row number, on average over draws; the gradient is
/// the derivative wherever it exists, and one element between the one-sided derivatives, the same in every
/// run, where it does not; the same bits on any number of threads; defined for any n >= 0.
/// Models: signed_measure_transport<Bifiltration, Transport>, signed_measure_norm<Bifiltration>,
/// total_persistence<Filtration>, wasserstein_to<Filtration>, principal_persistence_lifetime,
/// principal_persistence_loss<Discrepancy>, density_principal_persistence<Density, Transport>,
/// sum_of_losses<Parts...>, weighted_loss<Loss>.
template <class L>
concept TopologicalLoss = std::copyable<L> && EvaluatesWithGradient<L>;

/// The loss and its gradient at a cloud, from a policy that may be anybody's. Throws std::invalid_argument
/// that names the function unless the gradient has the shape of the points and is finite. O(n m) beside the
/// loss.
template <TopologicalLoss L>
[[nodiscard]] loss_value evaluate_loss(const L& loss, matrix_view<const double> points,
                                       std::string_view function, const execution& where) {
    loss_value result = loss.value_and_gradient(points, where);
    require(result.gradient.rows() == points.rows(), function, "the number of rows of the loss's gradient",
            result.gradient.rows(), "the number of points,", points.rows());
    require(result.gradient.cols() == points.columns(), function,
            "the number of columns of the loss's gradient", result.gradient.cols(),
            "that of the coordinates,", points.columns());
    require_finite(matrix_view<const double>(result.gradient), function, "the loss's gradient");
    return result;
}

} // namespace topoprune
