// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The row nearest to the mean of all, ties by least; n >= 1.
[[nodiscard]] inline std::size_t nearest_to_mean(const matrix<double>& z) {
    const Eigen::RowVectorXd mean = z.colwise().sum() / static_cast<double>(z.rows());
    const Eigen::VectorXd distances = (z.rowwise() - mean).rowwise().squaredNorm();
    return static_cast<std::size_t>(std::min_element(distances.data(), distances.data() + distances.size()) -
                                    distances.data());
}

/// Rows of z in the order of Gonzalez's rule: after the centers given, one or more and none twice, always the
/// one that is farthest in l2 from all before it, ties by least; until there are `count`, at most n, the
/// given ones included. O(count n d), 8 bytes a row.
[[nodiscard]] inline std::vector<std::size_t> farthest_first(const matrix<double>& z,
                                                             std::span<const std::size_t> centers,
                                                             std::size_t count, const execution& where) {
    // Squared distance to the nearest center; -1 marks the centers themselves.
    std::vector<double> nearest(static_cast<std::size_t>(z.rows()), std::numeric_limits<double>::infinity());
    std::vector<std::size_t> order;
    const auto take = [&](std::size_t at) {
        nearest[at] = -1;
        order.push_back(at);
        const auto center = z.row(static_cast<Eigen::Index>(at));
        for (std::size_t j = 0; j < nearest.size(); ++j)
            if (nearest[j] > 0)
                nearest[j] =
                    std::min(nearest[j], (z.row(static_cast<Eigen::Index>(j)) - center).squaredNorm());
    };
    for (const std::size_t at : centers)
        take(at);
    while (order.size() < count) {
        where.check_interruption();
        take(static_cast<std::size_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin()));
    }
    return order;
}

} // namespace topoprune::detail
