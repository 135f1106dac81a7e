// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "dataset_score.hpp"

#include <optional>
#include <vector>

namespace topoprune {

/// How far a sample is from the nearest prototype (Sorscher et al. 2022, self-supervised prototypes): the
/// centers of a spherical k-means over all samples, labels or not,
///     score_i = 1 - max_c cos(z_i, mu_c),   in [0, 2].
/// High: hard. The authors keep the hard end where data abound and the easy one where they are few; without
/// class budgets either loses whole classes. Cost: that of k_means.
struct prototypicality {
    static constexpr high_end high = high_end::hard;

    /// Number of prototypes, >= 1; the number of different labels if unset (1 without labels). The authors
    /// take 1,000 on ImageNet.
    std::optional<std::int64_t> prototypes{};
    int most_iterations = 100;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;
};

static_assert(DatasetScore<prototypicality>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "prototypicality.ipp"
#endif
