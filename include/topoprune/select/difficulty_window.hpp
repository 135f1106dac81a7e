// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"

#include <cmath>

namespace topoprune {

/// A window of the order by difficulty (Zheng et al. 2024, ELFS; the window of BWS without its search for the
/// start): leaves out the share `skipped_hardest` of a class and keeps the next hardest. Where fewer are left
/// than the budget, the least hard of the skipped ones are taken as well, so that to keep all is to keep
/// all. The larger of two budgets contains the smaller. Needs a score whose high end is hard or easy. The
/// authors cut one window out of all classes together: give one class for that. O(n log n).
struct difficulty_window {
    /// In [0, 1). ELFS tunes it by rate: between 0 and 0.4 on CIFAR.
    double skipped_hardest = 0.1;

    [[nodiscard]] constexpr bool sees_features() const { return false; }

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
        require(skipped_hardest >= 0 && skipped_hardest < 1, "difficulty_window", "skipped_hardest",
                skipped_hardest, "at least 0 and below 1");
        const double sign = sign_of_difficulty(problem.high, "difficulty_window");
        return detail::draw_by_class(
            problem, "difficulty_window", where, [&](const detail::class_draw& draw) {
                std::vector<std::int64_t> order = draw.members;
                detail::sort_by_key(order, problem, [&](std::int64_t i) { return -sign * draw.score(i); });
                const auto skipped = static_cast<std::ptrdiff_t>(
                    std::floor(skipped_hardest * static_cast<double>(order.size())));
                std::reverse(order.begin(), order.begin() + skipped);
                std::rotate(order.begin(), order.begin() + skipped, order.end());
                return order;
            });
    }
};

static_assert(Selector<difficulty_window>);

} // namespace topoprune
