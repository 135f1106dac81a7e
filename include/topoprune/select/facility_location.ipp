// SPDX-License-Identifier: MIT
#pragma once

#include "facility_location.hpp"

#include "detail/draw_in_parts.hpp"
#include "detail/near_parts.hpp"
#include "detail/representatives.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE selection facility_location::select(const selection_problem& problem,
                                                     const execution& where) const {
    require_features(problem, "facility_location");
    require(epsilon > 0 && epsilon < 1, "facility_location", "epsilon", epsilon, "above 0 and below 1");
    large.check("facility_location");
    return detail::draw_by_class(problem, "facility_location", where,
                                 [&](const detail::class_draw& draw) { return order_of_class(draw, where); });
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> facility_location::order_of_class(const detail::class_draw& draw,
                                                                             const execution& where) const {
    if (std::ssize(draw.members) > large.most_compared)
        return detail::order_in_parts(
            draw, detail::near_parts(draw.problem.features, draw.members, large.part, where), large, {},
            where);
    if (search == greedy_search::lazy)
        return detail::representatives_of(draw, where);
    detail::coverage_gains now(detail::similarity_rows(draw.problem.features, draw.members));
    std::vector<std::int64_t> order;
    const auto take = [&](std::size_t j) {
        now.take(j);
        order.push_back(draw.members[j]);
    };
    for (std::size_t j = 0; j < now.size(); ++j)
        if (draw.problem.is_chosen(draw.members[j]))
            take(j);
    stochastically(draw, where, now, order, take);
    return order;
}

} // namespace topoprune
