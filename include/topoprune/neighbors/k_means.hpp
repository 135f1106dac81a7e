// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "metric.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace topoprune {

/// What k_means found.
struct k_means_result {
    /// The cluster of each sample, from 0.
    std::vector<std::int32_t> cluster{};
    /// The distance of each sample to the center of its cluster: l2, or 1 - cos of the angle if spherical.
    std::vector<double> distance{};
    int iterations = 0;
    /// False if the most iterations were done and samples still changed their clusters.
    bool converged = false;
};

/// k-means by Lloyd's rule (1982) from the seeds of k-means++ (Arthur, Vassilvitskii 2007): every sample goes
/// to the nearest center, ties to the first, and every center to the mean of its samples. Spherical (Dhillon,
/// Modha 2001): on unit vectors, with centers brought to length 1; then a zero vector is at distance 1 from
/// everything. A cluster that runs empty begins anew at the sample that is farthest from its center.
/// Clusters are numbered in the order of their seeds; which seeds are drawn depends on the order of the rows.
/// Cost: O((k + iterations k) n d) in float. Memory: 4 d + 20 bytes a sample and 8 d a center; no n x k
/// table.
struct k_means {
    /// k, >= 1; more than there are samples counts as their number.
    std::int64_t clusters = 8;
    /// >= 1.
    int most_iterations = 100;
    bool spherical = false;

    /// points: n x d, finite.
    TOPOPRUNE_DECLARE [[nodiscard]] k_means_result run(matrix_view<const float> points,
                                                       const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x4b4d45414e53ULL;
    static constexpr std::int64_t block = 256;

    /// |x - c|^2 / 2 in units of the form, which of unit vectors is 1 - cos; 1 where there is no angle.
    TOPOPRUNE_DECLARE [[nodiscard]] double raw_distance(const product_form& form, std::int64_t i,
                                                        const matrix<float>& centers, std::int64_t c) const;

    /// Each seed with a probability in proportion to its squared distance to the nearest one before it.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<float> seeds(const product_form& form, std::int64_t k,
                                                        const execution& where) const;

    /// Whether any sample changed its cluster.
    TOPOPRUNE_DECLARE bool assign(const product_form& form, const matrix<float>& centers,
                                  k_means_result& result, const execution& where) const;

    TOPOPRUNE_DECLARE void move_centers(const product_form& form, const k_means_result& result,
                                        matrix<float>& centers, const execution& where) const;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "k_means.ipp"
#endif
