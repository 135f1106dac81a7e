// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "dataset_score.hpp"

namespace topoprune {

/// How undecided the classifier is, whatever the label (Coleman et al. 2020):
///     score_i = -sum_c p_c log p_c of the last epoch,   in [0, log c].
/// High: hard. O(n c).
struct entropy {
    static constexpr high_end high = high_end::hard;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;
};

static_assert(DatasetScore<entropy>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "entropy.ipp"
#endif
