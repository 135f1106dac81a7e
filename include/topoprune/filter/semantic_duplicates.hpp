// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "duplicates_across_labels.hpp"
#include "filter.hpp"

#include <vector>

namespace topoprune {

/// Which of two semantic duplicates is the one to keep.
///   far_from_center   the harder one, as the authors prefer
///   near_to_center    the more typical one
///   preference        the one with the higher number in `preference`
enum class duplicate_kept { far_from_center, near_to_center, preference };

/// SemDeDup (Abbas et al. 2023): within each cluster of a spherical k-means, in the order of `kept_first`, a
/// sample is dropped if its cosine with one that is kept already is above 1 - epsilon. The released code
/// compares with all earlier ones, kept or not, and so drops both ends of a chain of near pairs; here, as in
/// the paper, every dropped sample has a kept one that near (but for drop_all). The authors do not look at
/// labels: keep_one.
/// Cost: that of k_means, then O(sum of m^2 d) over the clusters of m samples; no table. Memory: 4 d + 20
/// bytes a sample.
struct semantic_duplicates {
    static constexpr std::string_view name = "semantic duplicates";

    /// In [0, 2].
    double epsilon = 0.05;
    /// >= 1. More clusters are faster and may part a pair of duplicates.
    std::int64_t clusters = 100;
    duplicate_kept kept_first = duplicate_kept::far_from_center;
    /// n numbers, for duplicate_kept::preference.
    std::vector<double> preference{};
    /// The note counts such duplicates within the clusters, whatever is done with them.
    duplicates_across_labels across_labels = duplicates_across_labels::keep_all;

    TOPOPRUNE_DECLARE [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const;
};

static_assert(Filter<semantic_duplicates>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "semantic_duplicates.ipp"
#endif
