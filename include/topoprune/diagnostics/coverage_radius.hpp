// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"
#include "../neighbors/cross_neighbors.hpp"
#include "../neighbors/metric.hpp"
#include "detail/kept_mask.hpp"

#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

namespace topoprune {

/// How far samples are from the nearest kept one; 0 for no samples, infinite if none is kept.
struct coverage_summary {
    double mean = 0;
    double max = 0;
};

/// How far the samples of a data set are from the kept ones.
struct subset_coverage {
    /// Each sample to the nearest kept one of any class.
    coverage_summary whole;
    /// Each sample to the nearest kept one of its own class, over all samples.
    coverage_summary within_classes;
    /// The same for each class by itself, in the order of the partition.
    std::vector<coverage_summary> of_class;
};

namespace detail {

/// The distance of each of `rows` to the nearest of those that are kept, themselves at 0; infinite if none
/// is.
template <Metric M>
[[nodiscard]] std::vector<double>
distances_to_kept(matrix_view<const float> features, std::span<const std::int64_t> rows,
                  std::span<const std::uint8_t> mask, const M& metric, const execution& where) {
    std::vector<std::int64_t> kept;
    for (const std::int64_t i : rows)
        if (mask[static_cast<std::size_t>(i)] != 0)
            kept.push_back(i);
    std::vector<double> distances(rows.size(), std::numeric_limits<double>::infinity());
    if (kept.empty())
        return distances;
    const matrix<float> known = gather_rows<float>(features, std::span<const std::int64_t>(kept));
    const matrix<float> fresh = gather_rows<float>(features, rows);
    const neighbor_graph nearest = find_cross_neighbors(matrix_view<const float>(known),
                                                        matrix_view<const float>(fresh), metric, 1, where);
    for (std::size_t i = 0; i < rows.size(); ++i)
        distances[i] =
            mask[static_cast<std::size_t>(rows[i])] != 0 ? 0.0 : static_cast<double>(nearest.distances[i]);
    return distances;
}

TOPOPRUNE_DECLARE [[nodiscard]] coverage_summary coverage_of(std::span<const double> distances);

} // namespace detail

/// The mean and the largest distance of samples from the nearest kept one, what k-center selection makes
/// small (Sener and Savarese 2018): over the whole data set, and within every class. Exact up to the rounding
/// of distances to float.
///
/// features: n x d. kept: row numbers, none twice. Throws std::invalid_argument otherwise, or if `classes` is
/// of another number of samples.
///
/// Cost: about 2 n m d multiply-adds for m kept samples at the rate of the matrix product, in blocks, and
/// 2 n m d / c more within c classes; 16 d bytes a sample.
template <Metric M = euclidean>
[[nodiscard]] subset_coverage
measure_coverage(matrix_view<const float> features, const class_partition& classes,
                 std::span<const std::int64_t> kept, const M& metric, const execution& where) {
    require(classes.samples() == features.rows(), "measure_coverage", "the number of labels",
            classes.samples(), "the number of samples,", features.rows());
    require_finite(features, "measure_coverage", "features");
    const std::vector<std::uint8_t> mask = detail::kept_mask(kept, features.rows(), "measure_coverage");
    std::vector<std::int64_t> rows(static_cast<std::size_t>(features.rows()));
    std::iota(rows.begin(), rows.end(), std::int64_t{0});
    subset_coverage result;
    result.whole = detail::coverage_of(detail::distances_to_kept(features, rows, mask, metric, where));
    std::vector<double> within;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        const std::vector<double> of_class =
            detail::distances_to_kept(features, classes.members(c), mask, metric, where);
        result.of_class.push_back(detail::coverage_of(of_class));
        within.insert(within.end(), of_class.begin(), of_class.end());
    }
    result.within_classes = detail::coverage_of(within);
    return result;
}

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "coverage_radius.ipp"
#endif
