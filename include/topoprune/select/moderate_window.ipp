// SPDX-License-Identifier: MIT
#pragma once

#include "moderate_window.hpp"

#include "detail/draw_by_class.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE selection moderate_window::select(const selection_problem& problem,
                                                   const execution& where) const {
    return detail::draw_by_class(problem, "moderate_window", where, [&](const detail::class_draw& draw) {
        std::vector<std::int64_t> ranked = draw.members;
        detail::sort_with_random_ties(ranked, problem, where, [&](std::int64_t i) { return draw.score(i); });
        // From the middle outwards, by turns above and below.
        std::vector<std::int64_t> order;
        std::size_t below = ranked.size() / 2, above = below;
        while (order.size() < ranked.size()) {
            if (above < ranked.size())
                order.push_back(ranked[above++]);
            if (below > 0)
                order.push_back(ranked[--below]);
        }
        return order;
    });
}

} // namespace topoprune
