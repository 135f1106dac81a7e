// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "bandwidth.hpp"
#include "density.hpp"
#include "detail/kernel_density.hpp"
#include "detail/pairwise_kernel_sums.hpp"
#include "detail/plane_gauss_transform.hpp"
#include "detail/plane_near_sums.hpp"

#include <cmath>
#include <memory>
#include <numbers>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace topoprune {

/// How gaussian_kde adds up its kernels.
enum class kernel_sums {
    automatic,  ///< whichever of the others takes the fewest operations
    plain,      ///< over all pairs, to rounding
    near_pairs, ///< over the pairs that are not farther than relative_error asks: for a small bandwidth
    expansions, ///< between boxes, to relative_error: for many points
};

/// Kernel density estimate with a Gaussian of bandwidth h in m dimensions,
///
///     log p_i = log( (1/n) sum_j N(x_i - x_j; h) ),   N(u; h) = exp(-|u|^2 / 2h^2) / (h sqrt(2 pi))^m,
///
/// the point itself included, as score_samples of a kernel density estimate at its own samples. The self term
/// is the largest of every sum S_i = sum_j exp(-|x_i - x_j|^2 / 2h^2) >= 1 (its exponent is 0), so the sum is
/// its own shifted log-sum-exp: it cannot underflow, however far the points lie apart.
///
/// Many points of the plane are summed by a fast Gauss transform (detail/plane_gauss_transform.hpp), or over
/// the pairs alone that are near. Either errs by at most relative_error / n for each pair, so by at most
/// relative_error S_i in a sum, where points are sparse too, and in the pull-back at point i by at most
/// (relative_error / h) (|weight_i| / S_i + mean_j |weight_j| / S_j). Rounding adds up to some
/// 1e-13 (1 + n / 10^4) of a density, and (1e-11 / h) of the largest weight.
///
/// Cost: plain sums take n^2 exponentials for the values and again for the pull-back, O(n m) memory. The
/// transform takes n log n to sort the points into boxes, O(n + boxes) for the sums and at most some 2 KB a
/// point where it is chosen.
struct gaussian_kde {
    /// h, in units of the points' coordinates: a number > 0, bandwidth::scott() or bandwidth::silverman().
    /// Larger values smooth more and give a wider density. The default is that of TopoCore (table 2) for a
    /// UMAP embedding. The pull-back includes the dependence of a rule on the points.
    topoprune::bandwidth bandwidth = 0.4;
    /// Points that are not of the plane, or farther than 2^28 bandwidths from the origin, have plain sums
    /// under any choice.
    kernel_sums sums = kernel_sums::automatic;
    /// Of each density; 1e-12 to 0.1. Larger is faster: the terms of an expansion grow with its logarithm.
    /// Plain sums do not need it.
    double relative_error = 1e-10;

    /// points: n x m, row-major. Returns n natural logarithms.
    /// Throws std::invalid_argument for a bandwidth that is not positive, a relative error out of range, or a
    /// point that is not finite.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> log_density(matrix_view<const double> points,
                                                                    const execution& where) const;

    /// Adds sum_i weights_i * d log p_i / d x to the gradient (n x m). At fixed bandwidth,
    ///     gradient_i -= (1/h^2) sum_j k_ij (weights_i / S_i + weights_j / S_j) (x_i - x_j),
    /// the first term being point i as the query, the second as a sample of the others.
    TOPOPRUNE_DECLARE void add_pull_back(matrix_view<const double> points,
                                         std::span<const double> log_density, std::span<const double> weights,
                                         matrix_view<double> gradient, const execution& where) const;

private:
    using all_pairs = detail::pairwise_kernel_sums<detail::gaussian_kernel>;
    using near_pairs = detail::plane_near_sums<detail::gaussian_kernel>;
    using expansions = detail::plane_gauss_transform;

    /// Below, the boxes take as long as the plain sums.
    static constexpr std::int64_t least_points = 400;
    /// Multiply-adds of expansions in the time of one kernel.
    static constexpr double operations_per_kernel = 7;

    [[nodiscard]] static double log_scale(matrix_view<const double> points, double h) {
        return detail::kernel_log_scale(
            points, h, 0.5 * static_cast<double>(points.columns()) * std::log(2 * std::numbers::pi));
    }

    TOPOPRUNE_DECLARE [[nodiscard]] std::variant<all_pairs, near_pairs, expansions>
    choose_sums(matrix_view<const double> points, double h) const;

    TOPOPRUNE_DECLARE [[nodiscard]] double checked_bandwidth(matrix_view<const double> points,
                                                             std::string_view function) const;
};

static_assert(Density<gaussian_kde>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "gaussian_kde.ipp"
#endif
