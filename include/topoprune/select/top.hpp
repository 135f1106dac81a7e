// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "selector.hpp"

namespace topoprune {

/// Which end of a score is kept. `hardest` and `easiest` work with a score of either high end and refuse one
/// that is neither; `highest` and `lowest` take the numbers as they are.
enum class kept_end { highest, lowest, hardest, easiest };

/// +1 if the high numbers are kept, -1 if the low ones. Throws std::invalid_argument, naming the function, if
/// the high end of the scores does not say which samples are hard.
TOPOPRUNE_DECLARE [[nodiscard]] double sign_of_end(kept_end keep, high_end high, std::string_view function);

/// Keeps one end of the scores of each class, ties at random by the seed and the ids. Simple, and at small
/// budgets worse than a random draw: the hardest samples are mislabeled or alone of their kind, the easiest
/// all alike. O(n log n).
struct top {
    kept_end keep = kept_end::highest;

    [[nodiscard]] constexpr bool sees_features() const { return false; }

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;
};

static_assert(Selector<top>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "top.ipp"
#endif
