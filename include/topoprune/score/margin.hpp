// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "dataset_score.hpp"

namespace topoprune {

/// How much more probable the label is than the best other class, in the last epoch:
///     score_i = p(y) - max_{c != y} p(c),   in [-1, 1]; below 0 exactly if the sample is misclassified.
/// High: easy. Needs two classes. O(n c).
struct margin {
    static constexpr high_end high = high_end::easy;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;
};

static_assert(DatasetScore<margin>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "margin.ipp"
#endif
