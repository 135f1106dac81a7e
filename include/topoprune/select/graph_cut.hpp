// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "selector.hpp"

#include <span>
#include <vector>

namespace topoprune {

/// Graph cut (Iyer et al. 2021; in DeepCore and submodlib): of each class one sample after another, the next
/// always the one that gains most of
///     f(S) = representation * sum_i sum_{j in S} s_ij - sum_{j, k in S} s_jk,
/// s_ij = (1 + cos) / 2 over all samples of the class; the gain of j is representation * sum_i s_ij - 2
/// sum_{k in S} s_jk - s_jj. Ties at random. Keeps samples that are like many others and unlike each other.
/// Looks at no score. The larger of two budgets contains the smaller.
/// Cost: O((b + 1) n_c d). Memory: 4 d + 12 bytes a sample, no table of similarities: the first sum needs
/// only the sum of the unit vectors.
struct graph_cut {
    /// >= 0; f is monotone from 2 on.
    double representation = 2;

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;
};

static_assert(Selector<graph_cut>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "graph_cut.ipp"
#endif
