// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "selector.hpp"

namespace topoprune {

/// The samples in the middle of the order by score (Xia et al. 2023, Moderate; with center_distance as the
/// score): of the m samples of a class those at ranks from m/2 - b/2 on, b of them. The authors cut one
/// window out of all classes together: give one class for that. The larger of two budgets contains the
/// smaller. Which end is high does not matter. O(n log n).
struct moderate_window {
    [[nodiscard]] constexpr bool sees_features() const { return false; }

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;
};

static_assert(Selector<moderate_window>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "moderate_window.ipp"
#endif
