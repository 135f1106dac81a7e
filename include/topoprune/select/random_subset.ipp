// SPDX-License-Identifier: MIT
#pragma once

#include "random_subset.hpp"

#include "detail/draw_by_class.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE selection random_subset::select(const selection_problem& problem,
                                                 const execution& where) const {
    const random_stream random(where.seed(), stream);
    return detail::draw_by_class(problem, "random_subset", where, [&](const detail::class_draw& draw) {
        std::vector<std::int64_t> order = draw.members;
        detail::sort_at_random(order, problem, random);
        return order;
    });
}

} // namespace topoprune
