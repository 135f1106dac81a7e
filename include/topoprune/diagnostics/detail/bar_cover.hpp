// SPDX-License-Identifier: MIT
#pragma once

#include "../../homology/barcode.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <queue>
#include <span>
#include <vector>

namespace topoprune::detail {

/// max(|b - b'|, |d - d'|).
[[nodiscard]] inline double bar_distance(const bar& x, const bar& y) {
    return std::max(std::abs(x.birth - y.birth), std::abs(x.death - y.death));
}

/// Half its length: the distance of a bar from the diagonal in l_infinity.
[[nodiscard]] inline double to_diagonal(const bar& x) {
    return 0.5 * (x.death - x.birth);
}

/// Whether every bar of `from` that is farther than `reach` from the diagonal can have a bar of `to` within
/// `reach` for itself. Both are bars that end, ascending by death.
/// Augmenting paths in breadth-first order, one for each such bar; a path reads the bars of `to` whose deaths
/// are within reach of those it visits: O(long bars * edges) time at worst, O(a + b) memory.
class bar_cover {
public:
    bar_cover(std::span<const bar> from, std::span<const bar> to)
        : from_(from), to_(to), place_(from.size()), owner_(to.size()), reached_from_(to.size()),
          visited_(to.size()) {}

    [[nodiscard]] bool exists(double reach) {
        std::fill(owner_.begin(), owner_.end(), nobody);
        std::fill(visited_.begin(), visited_.end(), 0U);
        search_ = 0;
        for (std::size_t i = 0; i < from_.size(); ++i)
            if (to_diagonal(from_[i]) > reach && !find_place(i, reach))
                return false;
        return true;
    }

private:
    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

    [[nodiscard]] bool find_place(std::size_t start, double reach) {
        ++search_;
        std::queue<std::size_t> open;
        open.push(start);
        while (!open.empty()) {
            const std::size_t i = open.front();
            open.pop();
            // A computed difference of deaths grows with the death, so the window misses nothing.
            auto j = static_cast<std::size_t>(
                std::partition_point(to_.begin(), to_.end(),
                                     [&](const bar& y) { return from_[i].death - y.death > reach; }) -
                to_.begin());
            for (; j < to_.size() && to_[j].death - from_[i].death <= reach; ++j) {
                if (visited_[j] == search_ || bar_distance(from_[i], to_[j]) > reach)
                    continue;
                visited_[j] = search_;
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

    /// Gives place j to the bar that reached it, the place that this one had to the bar that reached that,
    /// and so on back to the start.
    void shift_owners(std::size_t j, std::size_t start) {
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

    std::span<const bar> from_;
    std::span<const bar> to_;
    std::vector<std::size_t> place_; ///< of each bar of from_ that has one, in to_
    std::vector<std::size_t> owner_; ///< of each bar of to_, in from_
    std::vector<std::size_t> reached_from_;
    std::vector<std::uint32_t> visited_;
    std::uint32_t search_ = 0;
};

} // namespace topoprune::detail
