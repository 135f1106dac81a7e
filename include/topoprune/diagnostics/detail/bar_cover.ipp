// SPDX-License-Identifier: MIT
#pragma once

#include "bar_cover.hpp"

#include <iterator>
#include <numeric>
#include <queue>

namespace topoprune::detail {

TOPOPRUNE_DEFINE bool bar_cover::exists(double reach) {
    const auto is_long = [reach](const bar& x) { return to_diagonal(x) > reach; };
    if (std::count_if(from_.begin(), from_.end(), is_long) > std::ssize(to_))
        return false;
    std::fill(owner_.begin(), owner_.end(), nobody);
    for (std::size_t i = 0; i < from_.size(); ++i)
        if (is_long(from_[i]) && !find_place(i, reach))
            return false;
    return true;
}

TOPOPRUNE_DEFINE bool bar_cover::find_place(std::size_t start, double reach) {
    std::iota(next_.begin(), next_.end(), std::size_t{0});
    std::queue<std::size_t> open;
    open.push(start);
    while (!open.empty()) {
        const std::size_t i = open.front();
        open.pop();
        // A computed difference of deaths grows with the death, so the window misses nothing.
        const auto first =
            std::partition_point(to_.begin(), to_.end(),
                                 [&](const bar& y) { return from_[i].death - y.death > reach; }) -
            to_.begin();
        for (std::size_t j = next_unvisited(static_cast<std::size_t>(first));
             j < to_.size() && to_[j].death - from_[i].death <= reach; j = next_unvisited(j + 1)) {
            if (bar_distance(from_[i], to_[j]) > reach)
                continue;
            next_[j] = j + 1;
            reached_from_[j] = i;
            if (owner_[j] == nobody) {
                shift_owners(j, start);
                return true;
            }
            open.push(owner_[j]);
        }
    }
    return false;
}

TOPOPRUNE_DEFINE std::size_t bar_cover::next_unvisited(std::size_t j) {
    while (next_[j] != j) {
        next_[j] = next_[next_[j]];
        j = next_[j];
    }
    return j;
}

TOPOPRUNE_DEFINE void bar_cover::shift_owners(std::size_t j, std::size_t start) {
    for (;;) {
        const std::size_t i = reached_from_[j];
        const std::size_t had = place_[i];
        owner_[j] = i;
        place_[i] = j;
        if (i == start)
            return;
        j = had;
    }
}

} // namespace topoprune::detail
