// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "dataset_score.hpp"

namespace topoprune {

/// How often a sample was learned and lost again (Toneva et al. 2019):
///     score_i = number of epochs t with sample i classified right in t - 1 and wrong in t.
/// High: hard. A single epoch, of which nothing can be forgotten, is refused. Right means that no output
/// is larger than that of the label, as for `misclassified`. O(T n c).
struct forgetting {
    static constexpr high_end high = high_end::hard;

    /// A sample that was never right has no event to count. Toneva et al. place it above all others: here it
    /// counts as many events as there are epochs. False: it counts 0, as if it had been easy.
    bool never_learned_is_hardest = true;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;
};

static_assert(DatasetScore<forgetting>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "forgetting.ipp"
#endif
