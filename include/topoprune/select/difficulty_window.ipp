// SPDX-License-Identifier: MIT
#pragma once

#include "difficulty_window.hpp"

#include "detail/draw_by_class.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE selection difficulty_window::select(const selection_problem& problem,
                                                     const execution& where) const {
    require(skipped_hardest >= 0 && skipped_hardest < 1, "difficulty_window", "skipped_hardest",
            skipped_hardest, "at least 0 and below 1");
    const double sign = sign_of_difficulty(problem.high, "difficulty_window");
    return detail::draw_by_class(problem, "difficulty_window", where, [&](const detail::class_draw& draw) {
        std::vector<std::int64_t> order = draw.members;
        detail::sort_with_random_ties(order, problem, where,
                                      [&](std::int64_t i) { return -sign * draw.score(i); });
        const auto skipped =
            static_cast<std::ptrdiff_t>(std::floor(skipped_hardest * static_cast<double>(order.size())));
        std::reverse(order.begin(), order.begin() + skipped);
        std::rotate(order.begin(), order.begin() + skipped, order.end());
        return order;
    });
}

} // namespace topoprune
