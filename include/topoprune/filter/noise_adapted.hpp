// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "filter.hpp"

namespace topoprune {

/// A filter that adapts to the share of wrong labels that it finds, and to how much is kept.
///
/// Of the n_c samples labeled c, k_c seem wrongly labeled, and as many of the lowest margins are dropped
/// ("prune by noise rate", Northcutt, Jiang, Chuang 2021). Confident learning counts e_c of them to another
/// class. Where the classifier fits wrong labels that is too few; a second estimate looks at how its errors
/// are spread. With m the median, over all pairs of classes, of the share of the samples labeled one that are
/// classified as the other, m (classes - 1) n is the number of wrong labels, if they are wrong at random:
/// such are spread over all pairs, while what is hard to tell apart is concentrated in few. If that is more
/// than the sum of the e_c, they are raised in proportion. k_c is e_c with its standard error, e_c +
/// sqrt(e_c), at most the number of those that are misclassified.
///
/// Where labels are clean k_c is small, and hard samples stay. The T_c others that are misclassified are hard
/// or ambiguous: worth having where much is kept, not where little is. The t-th of them by falling margin,
/// t = 1 ... T_c, passes if
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
