// SPDX-License-Identifier: MIT
#pragma once

#include "top.hpp"

#include "detail/draw_by_class.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE double sign_of_end(kept_end keep, high_end high, std::string_view function) {
    switch (keep) {
    case kept_end::highest:
        return 1;
    case kept_end::lowest:
        return -1;
    case kept_end::hardest:
        return sign_of_difficulty(high, function);
    case kept_end::easiest:
        return -sign_of_difficulty(high, function);
    }
    return 1;
}

TOPOPRUNE_DEFINE selection top::select(const selection_problem& problem, const execution& where) const {
    const double sign = sign_of_end(keep, problem.high, "top");
    return detail::draw_by_class(problem, "top", where, [&](const detail::class_draw& draw) {
        std::vector<std::int64_t> order = draw.members;
        detail::sort_with_random_ties(order, problem, where,
                                      [&](std::int64_t i) { return -sign * draw.score(i); });
        return order;
    });
}

} // namespace topoprune
