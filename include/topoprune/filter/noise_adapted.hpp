// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "filter.hpp"

namespace topoprune {

/// A filter that adapts to the share of wrong labels that it finds, and to how much is kept.
///
/// Of the samples labeled c, as many as confident learning counts to another class (k_c, at most those that
/// are misclassified) are taken for wrongly labeled, and those of the lowest margins are dropped (Northcutt,
/// Jiang, Chuang 2021, "prune by noise rate"): few where the labels are clean, so that hard samples stay. The
/// T_c others that are misclassified are hard or ambiguous: worth having where much is kept, not where little
/// is. The t-th of them by falling margin, t = 1 ... T_c, passes if
///     budget of the class / (n_c - k_c) >= strict_share + (lenient_share - strict_share) (t - 1/2) / T_c.
/// At strict_share and below only samples that the classifier gets right pass, as with misclassified; at
/// lenient_share and above all but the k_c. The margin is p(label) - max p(other), p the softmax of
/// data.logits. Ties by row number.
///
/// Given predictions in place of logits it is misclassified; without both every sample passes, and the note
/// says so. O(n c + n log n).
struct noise_adapted {
    static constexpr std::string_view name = "noise adapted";

    /// In [0, 1]; at most lenient_share. Chosen on Fashion-MNIST and digits, with clean labels and with a
    /// fifth of them wrong (docs/evaluation.md).
    double strict_share = 0.2;
    double lenient_share = 0.6;

    /// Throws std::invalid_argument where misclassified does, and for shares out of their range.
    TOPOPRUNE_DECLARE [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const;
};

static_assert(Filter<noise_adapted>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "noise_adapted.ipp"
#endif
