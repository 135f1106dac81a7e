// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/detail/equal_rows.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

/// Samples that are at the same distances from everything, so that one of them is searched for all.
namespace topoprune::detail {

using duplicate_groups = equal_rows<float, std::int32_t>;

/// Samples with equal features, and, where the metric compares directions, all that have none. The distances
/// of two of a group to any third sample are the same number, as is the distance between any two of them.
/// O(n log n) comparisons of rows.
template <Metric M>
[[nodiscard]] duplicate_groups alike_samples(matrix_view<const float> points, const M& metric) {
    if (compares_directions(metric)) {
        matrix<float> shown;
        for (std::int64_t i = 0; i < points.rows(); ++i)
            if (metric.distance(points.row(i), points.row(i)) > 0) {
                if (shown.rows() == 0)
                    shown = points.eigen();
                shown.row(i).setZero();
            }
        if (shown.rows() > 0)
            return duplicate_groups(shown);
    }
    return duplicate_groups(points);
}

/// The group of every sample.
[[nodiscard]] inline std::vector<std::int32_t> group_of_each(const duplicate_groups& groups,
                                                             std::int64_t samples) {
    std::vector<std::int32_t> result(static_cast<std::size_t>(samples));
    for (std::size_t group = 0; group < groups.count(); ++group)
        for (const std::int32_t i : groups.members(group))
            result[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(group);
    return result;
}

/// Of every group the `count` of the lowest ids, ascending: of those at one distance no other can be among
/// the `count` nearest.
[[nodiscard]] inline std::vector<std::int32_t> lowest_of_each(const duplicate_groups& groups,
                                                              std::int64_t count) {
    std::vector<std::int32_t> result;
    for (std::size_t group = 0; group < groups.count(); ++group) {
        const auto members = groups.members(group);
        const auto taken = std::min(count, std::ssize(members));
        result.insert(result.end(), members.begin(), members.begin() + taken);
    }
    std::sort(result.begin(), result.end());
    return result;
}

} // namespace topoprune::detail
