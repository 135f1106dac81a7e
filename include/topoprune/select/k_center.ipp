// SPDX-License-Identifier: MIT
#pragma once

#include "k_center.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE selection k_center::select(const selection_problem& problem, const execution& where) const {
    require_features(problem, "k_center");
    return detail::draw_by_class(problem, "k_center", where,
                                 [&](const detail::class_draw& draw) { return order_of_class(draw, where); });
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> k_center::order_of_class(const detail::class_draw& draw,
                                                                    const execution& where) const {
    const matrix<double> z =
        gather_rows<double>(draw.problem.features, std::span<const std::int64_t>(draw.members));
    std::vector<std::size_t> centers;
    for (std::size_t at = 0; at < draw.members.size(); ++at)
        if (draw.problem.is_chosen(draw.members[at]))
            centers.push_back(at);
    if (centers.empty())
        centers.push_back(first_of(draw, z, where));
    std::vector<std::int64_t> order;
    for (const std::size_t at :
         detail::farthest_first(z, centers, static_cast<std::size_t>(draw.budget), where))
        order.push_back(draw.members[at]);
    return order;
}

TOPOPRUNE_DEFINE std::size_t k_center::first_of(const detail::class_draw& draw, const matrix<double>& z,
                                                const execution& where) const {
    if (first == first_center::random) {
        std::vector<std::int64_t> order = draw.members;
        detail::sort_at_random(order, draw.problem, random_stream(where.seed(), stream));
        return static_cast<std::size_t>(std::find(draw.members.begin(), draw.members.end(), order.front()) -
                                        draw.members.begin());
    }
    return detail::nearest_to_mean(z);
}

} // namespace topoprune
