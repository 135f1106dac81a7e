// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "dataset_score.hpp"

namespace topoprune {

/// The area under the margin (Pleiss et al. 2020), as a mean over all epochs:
///     score_i = mean_t (o_t(y) - max_{c != y} o_t(c)).
/// High: easy. Mislabeled samples have the lowest. `of` says what o is: Pleiss et al. take logits, whose
/// margins know no bound; coverage-centric selection (Zheng et al. 2023) takes probabilities, in [-1, 1]. The
/// published code sums instead of averaging, which orders the samples alike. Needs two classes. O(T n c).
struct area_under_margin {
    static constexpr high_end high = high_end::easy;

    output_unit of = output_unit::probabilities;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;
};

static_assert(DatasetScore<area_under_margin>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "area_under_margin.ipp"
#endif
