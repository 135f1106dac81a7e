// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/draw_by_class.hpp"
#include "detail/similarity_rows.hpp"
#include "large_classes.hpp"
#include "top.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace topoprune {

/// How far a kept sample stands for another one, u and v their features scaled to length 1.
///   gaussian   exp(-|u - v|^2 / (2 bandwidth^2))
///   angle      (1 + u v) / 2, whatever the bandwidth: facility location
enum class coverage_kernel { gaussian, angle };

/// The width of the Gaussian kernel, as a distance between features of length 1.
struct coverage_bandwidth {
    /// In (0, 2]; what is below 2^-8 counts as 2^-8. Large: the whole class at once, as facility location
    /// does. Unset: radius_share times the distance within which the budget, spread as k_center does it, has
    /// every sample of the class, so that the kernel narrows as more is kept.
    std::optional<double> fixed{};
    /// Above 0. Narrower kernels spread the kept more evenly over sparse and dense places.
    double radius_share = 0.5;
};

/// What it counts for to cover a sample: the product of
///     (distance to its k-th neighbor / the mean of them, at least .1)^sparsity_exponent,
///     (v / mean v, at least .1)^score_exponent,   v its score, above the least one,
///     (e / mean e, at least 1e-3)^(uncertainty_exponent s c),   e = -log(1 - (r - 1/2) / n),
///     s = b / (b + uncertainty_half_share n),   c = b / (b + uncertainty_half_count),
/// r being the rank of its uncertainty among the n samples of the class, by ascending uncertainty, of equal
/// ones the mean, and b of the n being kept. By its rank, whatever the calibration of the classifier: e is
/// spread like an exponential variable. Uncertain samples thus count for more where much is kept, and for
/// no more than others where little is: the few that can be kept must stand for the plain ones (Sorscher et
/// al. 2022 found the same of hard samples).
struct coverage_weights {
    /// From 0 to 10, as the other exponents. High: sparse places get more of the budget than samples; 0: as
    /// much.
    double sparsity_exponent = 0.7;
    /// From 1 to 1,000.
    std::int64_t sparsity_neighbors = 10;
    /// 0: the scores are not looked at.
    double score_exponent = 0;
    /// The end of the scores that counts for more.
    kept_end heavy = kept_end::highest;
    /// 0: uncertainty is not looked at. Nor is it if the problem has none.
    double uncertainty_exponent = 2;
    /// The kept share of a class at which s is 1/2; >= 0.
    double uncertainty_half_share = 0.2;
    /// The kept number of a class at which c is 1/2; >= 0.
    double uncertainty_half_count = 20;
};

/// Generalized coverage: of each class one sample after another, the next always the one that gains most of
///     C(S) = sum_i w_i max_{j in S} k(u_i, u_j)
/// over all samples i of the class, ties at random; C of the kept is at least 1 - 1/e of the best possible
/// with these weights and this bandwidth (Nemhauser, Wolsey, Fisher 1978), and gains are measured lazily
/// (Minoux 1978). With a fixed bandwidth and equal weights this is MaxHerding (Bae, Oliveira, Sutherland
/// 2024), with the uncertainty it is near to UHerding (Bae et al. 2025), with kernel `angle` it is
/// facility_location. A radius that follows the budget bounds what is lost of the shape: the barcodes of the
/// kept and of the class differ by no more than the distance of a sample from the nearest kept one
/// (Cohen-Steiner, Edelsbrunner, Harer 2007).
///
/// The uncertainty is selection_problem::uncertainty, 1 - (p(label) - the largest other p), in [0, 2]: of a
/// sample that the classifier gets wrong for sure it is the largest. What is said of a class here is said of
/// the samples that may be drawn, those that pass the filter.
///
/// Kernel values are rounded to 2^-23, and have a relative error of 2^-23 / bandwidth^2; weights are rounded
/// to 2^-39 of their sum; sums of their products are exact. A zero vector is at the distance sqrt(2) from all
/// others and from itself.
/// Cost: one and a half products of all pairs of a class, O(n_c^2 d), a half for the neighbor distances and
/// one for the first gains, up to n_c k log k for k neighbors, b n_c d for the radius, then as
/// facility_location. Memory: of the classes at work, 4 d + 2,100 bytes a sample at most, before that 4
/// sparsity_neighbors; no table of all pairs. A class of more than large.most_compared samples is drawn in
/// parts, at a small loss and at a cost in proportion to its size: see large_classes.
struct coverage {
    coverage_kernel kernel = coverage_kernel::gaussian;
    coverage_bandwidth bandwidth{};
    coverage_weights weights{};
    large_classes large{};

    [[nodiscard]] constexpr bool sees_uncertainty() const { return weights.uncertainty_exponent > 0; }

    /// Throws std::invalid_argument for options out of their ranges, features that are missing or not finite,
    /// and an uncertainty that is negative.
    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;

    /// Throws where an option is out of its range.
    TOPOPRUNE_DECLARE void check() const;

    /// The members of one class in the order in which they are wanted, chosen ones first: `budget` of them.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> order_of_class(const detail::class_draw& draw,
                                                                             const execution& where) const;

private:
    /// The same of one that has more than large.most_compared members.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
    order_of_large_class(const detail::class_draw& draw, const execution& where) const;

    /// radius(): the distance within which the budget, spread, has every sample.
    template <class Radius>
    [[nodiscard]] double width_for(Radius radius) const {
        return std::max(bandwidth.fixed ? *bandwidth.fixed : bandwidth.radius_share * radius(),
                        detail::similarity_rows::least_bandwidth);
    }

    /// distances: of every member to its neighbor, if its exponent is above 0.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> weights_of(const detail::class_draw& draw,
                                                                   std::vector<double> distances) const;
};

static_assert(Selector<coverage>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "coverage.ipp"
#endif
