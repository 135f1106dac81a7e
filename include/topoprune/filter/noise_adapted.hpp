// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "filter.hpp"

namespace topoprune {

/// A filter that adapts to the share of wrong labels that it finds, and to how much is kept.
///
/// Only samples that the classifier gets wrong are ever dropped, of the n_c labeled c the k_c of the least
/// self-confidence p(label), p the softmax of data.logits: those seem wrongly labeled. Where wrong labels
/// are spread over all other classes alike, p(label) alone tells how likely a label is right. Confident
/// learning (Northcutt, Jiang, Chuang 2021) counts e_c samples of the class to another one. Where the
/// classifier fits wrong labels that is too few; a second estimate looks at how its errors are spread. With m
/// the interquartile mean, over all pairs of classes, of the share of the samples labeled one that are
/// classified as the other, m (classes - 1) n is the number of wrong labels, if they are wrong at random:
/// such are spread over all pairs, while what is hard to tell apart is concentrated in few. If that is more
/// than the sum of the e_c, they are raised in proportion. k_c is e_c with its standard error, e_c +
/// sqrt(e_c), at most the number of those that are misclassified. Of two classes each has one
/// share only, and every error adds to m.
///
/// Where labels are clean k_c is small, and hard samples stay. The T_c others that are misclassified are hard
/// or ambiguous: worth having where much is kept, not where little is. Of a class of which b are kept, the
/// t-th of them by falling self-confidence, t = 1 ... T_c, passes if
///     b / (n_c - k_c) >= strict_share + (lenient_share - strict_share) (t - 1/2) / T_c,
/// and the t-th of the k_c, t = 1 ... m_c = min(2 T_c, k_c), if
///     b / n_c >= suspect_share + (1 - suspect_share) (t - 1/2) / m_c.
/// At strict_share and below only samples that the classifier gets right pass, as with misclassified; at
/// lenient_share and above all but the k_c. Above suspect_share some of these return, at most twice as many
/// as there are others: beside many ambiguous samples some of the k_c are ambiguous too, and a few wrong
/// labels cost less than what hard samples give. Ties at random by the seed.
///
/// Given predictions in place of logits it is misclassified; without both every sample passes, and the note
/// says so. O(n c + n log n).
struct noise_adapted {
    static constexpr std::string_view name = "noise adapted";

    /// In [0, 1]; at most lenient_share. Chosen on Fashion-MNIST and digits, with clean labels and with a
    /// fifth of them wrong (docs/evaluation.md).
    double strict_share = 0.2;
    double lenient_share = 0.6;
    /// In [0, 1]; at 1 none of the k_c pass.
    double suspect_share = 0.4;

    /// Throws std::invalid_argument where misclassified does, and for shares out of their range.
    TOPOPRUNE_DECLARE [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const;
};

static_assert(Filter<noise_adapted>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "noise_adapted.ipp"
#endif
