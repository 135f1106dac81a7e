// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "selector.hpp"

namespace topoprune {

/// Draws of each class without replacement, each time in proportion to the scores of those that are left:
/// sample i waits for -log(u_i) / score_i, and the first to come are kept (Efraimidis, Spirakis 2006). Scores
/// are weights, >= 0, with a high end that is kept or `unstated`; those of weight 0 come last, at random. The
/// larger of two budgets contains the smaller. O(n log n).
struct weighted_random {
    [[nodiscard]] constexpr bool sees_features() const { return false; }

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x57454947485445ULL;
};

static_assert(Selector<weighted_random>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "weighted_random.ipp"
#endif
