// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"

namespace topoprune {

/// Which end of a score is kept. `hardest` and `easiest` work with a score of either high end and refuse one
/// that is neither; `highest` and `lowest` take the numbers as they are.
enum class kept_end { highest, lowest, hardest, easiest };

/// +1 if the high numbers are kept, -1 if the low ones. Throws std::invalid_argument, naming the function, if
/// the high end of the scores does not say which samples are hard.
[[nodiscard]] inline double sign_of_end(kept_end keep, high_end high, std::string_view function) {
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

/// Keeps one end of the scores of each class, ties by least id. Simple, and at small budgets worse than a
/// random draw: the hardest samples are mislabeled or alone of their kind, the easiest all alike. O(n log n).
struct top {
    kept_end keep = kept_end::highest;

    [[nodiscard]] constexpr bool sees_features() const { return false; }

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
        const double sign = sign_of_end(keep, problem.high, "top");
        return detail::draw_by_class(problem, "top", where, [&](const detail::class_draw& draw) {
            std::vector<std::int64_t> order = draw.members;
            detail::sort_by_key(order, problem, [&](std::int64_t i) { return -sign * draw.score(i); });
            return order;
        });
    }
};

static_assert(Selector<top>);

} // namespace topoprune
