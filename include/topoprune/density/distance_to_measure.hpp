// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "density.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// The distance to the empirical measure of the points (Chazal, Cohen-Steiner and Merigot 2011) of mass k/n,
///
///     DTM_i^2 = (1/k) sum over the k nearest points x_j of x_i, itself included, of |x_i - x_j|^2,
///
/// offered as a density: log_density is -DTM, so that the codensity by which a bifiltration is graded is the
/// distance to the measure itself. It is no logarithm of a density but falls where points are dense, in units
/// of the points' coordinates and so of the scales; and it is stable: moving every point by at most e changes
/// it by at most 2 e.
///
/// With k = 1 it is 0. Duplicates are neighbors at distance 0. Where the k nearest are all at one place it is
/// 0 and has a corner; its derivative there is taken as 0. With fewer than k points all are taken.
///
/// Cost: a k-d tree, n log n + n k in few dimensions, O(n^2) in many; O(n (m + k)) memory.
struct distance_to_measure {
    /// The mass in points, at least 1. Larger values smooth more. The default is the number of neighbors of
    /// UMAP (15).
    std::int64_t k = 15;

    /// points: n x m, row-major. Returns -DTM, n values <= 0.
    /// Throws std::invalid_argument for a k below 1 or a point that is not finite.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> log_density(matrix_view<const double> points,
                                                                    const execution& where) const;

    /// Adds sum_i weights_i * d (-DTM_i) / d x to the gradient (n x m): for each x_j of the k nearest of x_i,
    ///     gradient_i -= weights_i (x_i - x_j) / (k DTM_i),   gradient_j += the same.
    /// Of points tied at the k-th distance those are taken that come first by place and then by row, whatever
    /// the threads.
    TOPOPRUNE_DECLARE void add_pull_back(matrix_view<const double> points,
                                         std::span<const double> log_density, std::span<const double> weights,
                                         matrix_view<double> gradient, const execution& where) const;
};

static_assert(Density<distance_to_measure>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "distance_to_measure.ipp"
#endif
