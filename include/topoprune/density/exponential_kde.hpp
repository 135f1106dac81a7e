// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "bandwidth.hpp"
#include "density.hpp"
#include "detail/ball_volume.hpp"
#include "detail/kernel_density.hpp"
#include "detail/pairwise_kernel_sums.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// Kernel density estimate with an exponential kernel of bandwidth h in m dimensions,
///
///     log p_i = log( (1/n) sum_j exp(-|x_i - x_j| / h) / (h^m c_m) ),   c_m = m! v_m,
///
/// where v_m = pi^(m/2) / Gamma(m/2 + 1) is the volume of the unit ball, so that c_m is the integral of
/// exp(-|u|); in the plane 2 pi. The point itself is included: the sum is at least 1. The tails are heavier
/// than a Gaussian's: far points count, and rare samples are told apart less sharply.
///
/// The kernel has a corner at distance 0. Its gradient there is taken as 0, as it is between a point and
/// itself, so duplicates do not pull at one another.
///
/// Cost: n^2 exponentials and square roots for the values and again for the pull-back, O(n m) memory.
struct exponential_kde {
    /// h, in units of the points' coordinates: a number > 0, bandwidth::scott() or bandwidth::silverman()
    /// (the rules are those of a Gaussian; this kernel with the same h is wider). Larger values smooth more.
    /// The pull-back includes the dependence of a rule on the points.
    topoprune::bandwidth bandwidth = 0.4;

    /// points: n x m, row-major. Returns n natural logarithms.
    /// Throws std::invalid_argument for a bandwidth that is not positive, or a point that is not finite.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> log_density(matrix_view<const double> points,
                                                                    const execution& where) const;

    /// Adds sum_i weights_i * d log p_i / d x to the gradient (n x m). At fixed bandwidth, with the kernels
    /// k_ij and their sums S_i,
    ///     gradient_i -= (1/h) sum_j k_ij (weights_i / S_i + weights_j / S_j) (x_i - x_j) / |x_i - x_j|.
    TOPOPRUNE_DECLARE void add_pull_back(matrix_view<const double> points,
                                         std::span<const double> log_density, std::span<const double> weights,
                                         matrix_view<double> gradient, const execution& where) const;

private:
    using kernels = detail::pairwise_kernel_sums<detail::exponential_kernel>;

    [[nodiscard]] static double log_scale(matrix_view<const double> points, double h) {
        const std::int64_t m = points.columns();
        return detail::kernel_log_scale(points, h, detail::log_factorial(m) + detail::log_ball_volume(m));
    }
};

static_assert(Density<exponential_kde>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "exponential_kde.ipp"
#endif
