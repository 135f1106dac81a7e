// SPDX-License-Identifier: MIT
#pragma once

#include "candidate_lists.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void candidate_lists::offer(std::int64_t sample, float value, std::int32_t id) {
    const auto at = static_cast<std::size_t>(sample);
    if (!(value < thresholds_[at]))
        return;
    entries_[at * room_ + sizes_[at]] = entry_of(value, id);
    if (++sizes_[at] == room_)
        cut(at);
}

TOPOPRUNE_DEFINE void candidate_lists::take(std::int64_t sample, std::vector<candidate>& list) {
    const auto at = static_cast<std::size_t>(sample);
    if (sizes_[at] >= width_ && width_ > 0)
        cut(at);
    std::uint64_t* first = entries_.data() + at * room_;
    std::sort(first, first + sizes_[at]);
    list.clear();
    for (std::size_t c = 0; c < sizes_[at]; ++c)
        list.push_back({value_of(first[c]), static_cast<std::int32_t>(first[c] & 0xffffffffU)});
}

TOPOPRUNE_DEFINE void candidate_lists::cut(std::size_t at) {
    std::uint64_t* first = entries_.data() + at * room_;
    std::nth_element(first, first + (width_ - 1), first + sizes_[at]);
    sizes_[at] = static_cast<std::uint32_t>(width_);
    thresholds_[at] = value_of(first[width_ - 1]);
}

} // namespace topoprune::detail
