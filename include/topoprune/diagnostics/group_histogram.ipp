// SPDX-License-Identifier: MIT
#pragma once

#include "group_histogram.hpp"

#include "detail/kept_mask.hpp"

#include <cmath>
#include <map>

namespace topoprune {

TOPOPRUNE_DEFINE group_histogram count_groups(std::span<const std::int64_t> group_of_sample,
                                              std::span<const std::int64_t> kept) {
    const std::vector<std::uint8_t> mask =
        detail::kept_mask(kept, std::ssize(group_of_sample), "count_groups");
    std::map<std::int64_t, group_count> counts;
    for (std::size_t i = 0; i < mask.size(); ++i) {
        group_count& count = counts[group_of_sample[i]];
        count.group = group_of_sample[i];
        ++count.samples;
        count.kept += mask[i];
    }
    group_histogram result;
    for (const auto& [group, count] : counts) {
        result.groups.push_back(count);
        result.lost_groups += count.kept == 0;
        if (!kept.empty())
            result.total_variation +=
                0.5 * std::abs(static_cast<double>(count.kept) / static_cast<double>(kept.size()) -
                               static_cast<double>(count.samples) / static_cast<double>(mask.size()));
    }
    return result;
}

} // namespace topoprune
