// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "filter.hpp"

namespace topoprune {

/// Drops what confident learning finds mislabeled (Northcutt, Jiang, Chuang 2021, the off-diagonal of the
/// confident joint): with t_j the mean probability of class j among the samples labeled j, a sample is
/// counted to the class of largest p_j among those with p_j >= t_j, the first among equals, and dropped if
/// that is not its label. A sample that reaches no threshold passes, and so does one whose label is the
/// likeliest class, whatever the thresholds: nothing speaks against such a label. The probabilities are the
/// softmax of data.logits, which should come from a classifier that was not trained on the sample
/// (cross-validation). O(n c). Memory: 8 c bytes.
struct confident_learning {
    static constexpr std::string_view name = "confident learning";

    TOPOPRUNE_DECLARE [[nodiscard]] filter_result apply(const dataset& data, const execution&) const;
};

static_assert(Filter<confident_learning>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "confident_learning.ipp"
#endif
