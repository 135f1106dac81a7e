// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"

namespace topoprune {

/// The samples in the middle of the order by score (Xia et al. 2023, Moderate; with center_distance as the
/// score): of the m samples of a class those at ranks from m/2 - b/2 on, b of them. The authors cut one
/// window out of all classes together: give one class for that. The larger of two budgets contains the
/// smaller. Which end is high does not matter. O(n log n).
struct moderate_window {
    [[nodiscard]] constexpr bool sees_features() const { return false; }

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
        return detail::draw_by_class(problem, "moderate_window", where, [&](const detail::class_draw& draw) {
            std::vector<std::int64_t> ranked = draw.members;
            detail::sort_by_key(ranked, problem, [&](std::int64_t i) { return draw.score(i); });
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
};

static_assert(Selector<moderate_window>);

} // namespace topoprune
