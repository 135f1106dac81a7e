// SPDX-License-Identifier: MIT
#pragma once

#include "link_lists.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void link_lists::offer(std::int64_t sample, float value, std::int32_t id) {
    float* values = values_.data() + static_cast<std::size_t>(sample) * width_;
    std::int32_t* entries = entries_.data() + static_cast<std::size_t>(sample) * width_;
    if (!(value < values[width_ - 1]))
        return;
    bool known = false;
    for (std::size_t c = 0; c < width_; ++c)
        known |= id_of(entries[c]) == id;
    if (known)
        return;
    std::size_t place = width_ - 1;
    for (; place > 0 && value < values[place - 1]; --place) {
        values[place] = values[place - 1];
        entries[place] = entries[place - 1];
    }
    values[place] = value;
    entries[place] = id;
}

TOPOPRUNE_DEFINE void link_lists::mark_joined(const execution& where) {
    where.parallel_ranges(
        static_cast<std::int64_t>(entries_.size()), 65536, [&](std::int64_t begin, std::int64_t end) {
            for (auto at = static_cast<std::size_t>(begin); at < static_cast<std::size_t>(end); ++at)
                if (is_fresh(entries_[at]))
                    entries_[at] = ~entries_[at];
        });
}

} // namespace topoprune::detail
