// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "selector.hpp"

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

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;
};

static_assert(Selector<difficulty_window>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "difficulty_window.ipp"
#endif
