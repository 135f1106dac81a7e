// SPDX-License-Identifier: MIT
#pragma once

#include "farthest_first.hpp"

#include "../../core/detail/dense_sums.hpp"

#include <algorithm>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::size_t nearest_to_mean(const matrix<double>& z) {
    const matrix_view<const double> rows(z);
    const Eigen::RowVectorXd mean = column_means(rows);
    std::vector<double> distances;
    for (std::int64_t i = 0; i < rows.rows(); ++i)
        distances.push_back(squared_distance(rows.row(i), entries(mean)));
    return static_cast<std::size_t>(std::min_element(distances.begin(), distances.end()) - distances.begin());
}

TOPOPRUNE_DEFINE std::vector<std::size_t> farthest_first(const matrix<double>& z,
                                                         std::span<const std::size_t> centers,
                                                         std::size_t count, const execution& where) {
    const matrix_view<const double> rows(z);
    // Squared distance to the nearest center; -1 marks the centers themselves.
    std::vector<double> nearest(static_cast<std::size_t>(z.rows()), std::numeric_limits<double>::infinity());
    std::vector<std::size_t> order;
    const auto take = [&](std::size_t at) {
        nearest[at] = -1;
        order.push_back(at);
        const std::span<const double> center = rows.row(static_cast<std::int64_t>(at));
        for (std::size_t j = 0; j < nearest.size(); ++j)
            if (nearest[j] > 0)
                nearest[j] =
                    std::min(nearest[j], squared_distance(rows.row(static_cast<std::int64_t>(j)), center));
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
