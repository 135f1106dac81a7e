// SPDX-License-Identifier: MIT
#pragma once

#include "../../homology/barcode.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numeric>
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
/// Augmenting paths in breadth-first order, one for each such bar. A path looks at the bars of `to` whose
/// deaths are within reach of those it visits, and passes over those it has visited: O(b) time where births
/// are all equal, O(edges) at worst. O(a + b) memory.
class bar_cover {
public:
    bar_cover(std::span<const bar> from, std::span<const bar> to)
        : from_(from), to_(to), place_(from.size()), owner_(to.size()), reached_from_(to.size()),
          next_(to.size() + 1) {}

    [[nodiscard]] bool exists(double reach) {
        const auto is_long = [reach](const bar& x) { return to_diagonal(x) > reach; };
        if (std::count_if(from_.begin(), from_.end(), is_long) > std::ssize(to_))
            return false;
        std::fill(owner_.begin(), owner_.end(), nobody);
        for (std::size_t i = 0; i < from_.size(); ++i)
            if (is_long(from_[i]) && !find_place(i, reach))
                return false;
        return true;
    }

private:
    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

    [[nodiscard]] bool find_place(std::size_t start, double reach) {
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

    /// The first bar of to_ from j on that the path has not visited, or their number. Shortens the way.
    [[nodiscard]] std::size_t next_unvisited(std::size_t j) {
        while (next_[j] != j) {
            next_[j] = next_[next_[j]];
            j = next_[j];
        }
        return j;
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
    std::vector<std::size_t> next_; ///< j itself, or one after it on the way to the next unvisited
};

} // namespace topoprune::detail
