// SPDX-License-Identifier: MIT
#pragma once

#include "herding.hpp"

#include "../core/detail/dense_sums.hpp"

#include <Eigen/Core>
#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE selection herding::select(const selection_problem& problem, const execution& where) const {
    require_features(problem, "herding");
    return detail::draw_by_class(problem, "herding", where,
                                 [&](const detail::class_draw& draw) { return order_of_class(draw, where); });
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> herding::order_of_class(const detail::class_draw& draw,
                                                                   const execution& where) {
    const matrix<double> z =
        gather_rows<double>(draw.problem.features, std::span<const std::int64_t>(draw.members));
    const matrix_view<const double> rows(z);
    const Eigen::RowVectorXd mean = detail::column_means(rows);
    std::vector<double> halves, cost(draw.members.size());
    for (std::int64_t i = 0; i < rows.rows(); ++i)
        halves.push_back(0.5 * detail::squared_norm(rows.row(i)));
    std::vector<char> taken(draw.members.size(), 0);
    // wanted = (s + 1) mu - sum; |wanted - z|^2 / 2 = |z|^2 / 2 - <wanted, z> + what is common to all.
    Eigen::RowVectorXd wanted = mean;
    std::vector<std::int64_t> order;
    std::int64_t left = draw.budget;
    const auto take = [&](std::size_t at) {
        taken[at] = 1;
        wanted += mean - z.row(static_cast<Eigen::Index>(at));
        order.push_back(draw.members[at]);
        --left;
    };
    for (std::size_t at = 0; at < draw.members.size(); ++at)
        if (draw.problem.is_chosen(draw.members[at]))
            take(at);
    while (left > 0) {
        where.check_interruption();
        for (std::size_t at = 0; at < cost.size(); ++at)
            cost[at] =
                halves[at] - detail::dot(rows.row(static_cast<std::int64_t>(at)), detail::entries(wanted));
        std::size_t nearest = taken.size();
        for (std::size_t at = 0; at < taken.size(); ++at)
            if (!taken[at] && (nearest == taken.size() || cost[at] < cost[nearest]))
                nearest = at;
        take(nearest);
    }
    return order;
}

} // namespace topoprune
