// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// How many samples of a group (a class, a stratum, a cluster) there are, and are kept.
struct group_count {
    std::int64_t group = 0;
    std::int64_t samples = 0;
    std::int64_t kept = 0;
};

struct group_histogram {
    /// Ascending by group.
    std::vector<group_count> groups;
    /// 1/2 sum over groups of |share of the kept samples - share of all samples|, from 0 to 1: the part of
    /// the kept samples that would have to be of another group.
    double total_variation = 0;
    /// Groups of which no sample is kept.
    std::int64_t lost_groups = 0;
};

/// The histogram of n samples over their groups, beside that of the kept ones. The total variation is 0 if
/// none is kept. Throws std::invalid_argument for a row number that there is not or that stands twice.
/// O(n log g) time for g groups.
TOPOPRUNE_DECLARE [[nodiscard]] group_histogram count_groups(std::span<const std::int64_t> group_of_sample,
                                                             std::span<const std::int64_t> kept);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "group_histogram.ipp"
#endif
