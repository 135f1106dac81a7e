// SPDX-License-Identifier: MIT
#pragma once

#include "class_partition.hpp"

#include "checks.hpp"

#include <algorithm>

namespace topoprune {

TOPOPRUNE_DEFINE class_partition::class_partition(std::span<const std::int64_t> labels)
    : labels_(labels.begin(), labels.end()) {
    std::sort(labels_.begin(), labels_.end());
    labels_.erase(std::unique(labels_.begin(), labels_.end()), labels_.end());
    class_of_.reserve(labels.size());
    begins_.assign(labels_.size() + 1, 0);
    for (const std::int64_t label : labels) {
        const auto at = std::lower_bound(labels_.begin(), labels_.end(), label) - labels_.begin();
        class_of_.push_back(static_cast<std::int32_t>(at));
        ++begins_[static_cast<std::size_t>(at) + 1];
    }
    for (std::size_t c = 1; c < begins_.size(); ++c)
        begins_[c] += begins_[c - 1];
    members_.resize(labels.size());
    std::vector<std::int64_t> next(begins_.begin(), begins_.end());
    for (std::size_t i = 0; i < labels.size(); ++i)
        members_[static_cast<std::size_t>(next[static_cast<std::size_t>(class_of_[i])]++)] =
            static_cast<std::int64_t>(i);
}

} // namespace topoprune
