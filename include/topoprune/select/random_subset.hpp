// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "selector.hpp"

namespace topoprune {

/// A uniform draw without replacement of each class: with class budgets in proportion the baseline that every
/// other selector has to beat. Looks at no score. Each sample has one random number for a seed, and those
/// with the least are kept: a larger budget only adds samples, and so it is with a filter that drops fewer.
/// O(n log n).
struct random_subset {
    [[nodiscard]] constexpr bool sees_features() const { return false; }

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x52414e444f4dULL;
};

static_assert(Selector<random_subset>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "random_subset.ipp"
#endif
