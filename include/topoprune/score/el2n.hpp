// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "dataset_score.hpp"

namespace topoprune {

/// The error vector's length (Paul, Ganguli, Dziugaite 2021, EL2N), mean over epochs:
///     score_i = mean_t |p_t(i) - e_y|_2,   in [0, sqrt 2].
/// High: hard. From logits alone, of that one state of the classifier. O(T n c).
struct el2n {
    static constexpr high_end high = high_end::hard;

    /// The mean is over this many first epochs, 0 = all: late in training a network fits every sample.
    int first_epochs = 10;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;
};

static_assert(DatasetScore<el2n>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "el2n.ipp"
#endif
