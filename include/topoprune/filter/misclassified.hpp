// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "filter.hpp"

namespace topoprune {

/// Drops the samples that the base model gets wrong (TopoCore, section 3): those with a logit larger than
/// that of their label, or whose given prediction is not their label. Without logits and predictions every
/// sample passes, and the note says so. O(n c).
struct misclassified {
    static constexpr std::string_view name = "misclassified";

    /// Throws std::invalid_argument if both logits and predictions are given, if their number is not that of
    /// the labels, if a label has no logit column, or a logit is not finite.
    TOPOPRUNE_DECLARE [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const;

private:
    TOPOPRUNE_DECLARE static filter_result by_logits(const dataset& data, const execution& where);
};

static_assert(Filter<misclassified>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "misclassified.ipp"
#endif
