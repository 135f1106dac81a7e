// SPDX-License-Identifier: MIT
#pragma once

#include "lune_of_lists.hpp"

#include <algorithm>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void lune_of_lists::enter(std::int32_t u) {
    for (const auto [w, rank] : neighbors_.of(entered_))
        to_u_[static_cast<std::size_t>(w)] = never;
    for (const auto [w, rank] : neighbors_.of(u))
        to_u_[static_cast<std::size_t>(w)] = rank;
    entered_ = u;
}

TOPOPRUNE_DEFINE const std::vector<std::int32_t>& lune_of_lists::least_of_components(std::int32_t v,
                                                                                     std::int32_t edge) {
    least_.clear();
    lune_.clear();
    for (const auto [w, rank] : neighbors_.of(v)) {
        if (rank >= edge)
            break;
        if (to_u_[static_cast<std::size_t>(w)] < edge) {
            lune_.push_back(w);
            unreached_[static_cast<std::size_t>(w)] = 1;
        }
    }
    left_ = lune_.size();
    for (const std::int32_t start : lune_)
        if (unreached_[static_cast<std::size_t>(start)] != 0)
            reach_component(start, edge);
    std::sort(least_.begin(), least_.end());
    return least_;
}

TOPOPRUNE_DEFINE void lune_of_lists::reach_component(std::int32_t start, std::int32_t edge) {
    least_.push_back(start);
    const auto reach = [&](std::int32_t w) {
        unreached_[static_cast<std::size_t>(w)] = 0;
        --left_;
        stack_.push_back(w);
        least_.back() = std::min(least_.back(), w);
    };
    reach(start);
    while (!stack_.empty()) {
        const std::int32_t x = stack_.back();
        stack_.pop_back();
        for (const auto [w, rank] : neighbors_.of(x)) {
            if (rank > edge || left_ == 0)
                break;
            if (unreached_[static_cast<std::size_t>(w)] != 0)
                reach(w);
        }
    }
}

} // namespace topoprune::detail
