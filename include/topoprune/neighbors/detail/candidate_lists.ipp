// SPDX-License-Identifier: MIT
#pragma once

#include "candidate_lists.hpp"

namespace topoprune::detail {

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

} // namespace topoprune::detail
