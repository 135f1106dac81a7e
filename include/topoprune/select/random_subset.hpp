// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"

namespace topoprune {

/// A uniform draw without replacement of each class: with class budgets in proportion the baseline that every
/// other selector has to beat. Looks at no score. Each sample has one random number for a seed, and those
/// with the least are kept: a larger budget only adds samples, and so it is with a filter that drops fewer.
/// O(n log n).
struct random_subset {
    [[nodiscard]] constexpr bool sees_features() const { return false; }

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
        const random_stream random(where.seed(), stream);
        return detail::draw_by_class(problem, "random_subset", where, [&](const detail::class_draw& draw) {
            std::vector<std::int64_t> order = draw.members;
            detail::sort_at_random(order, problem, random);
            return order;
        });
    }

private:
    static constexpr std::uint64_t stream = 0x52414e444f4dULL;
};

static_assert(Selector<random_subset>);

} // namespace topoprune
