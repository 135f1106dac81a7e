// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../homology/barcode.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
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

    TOPOPRUNE_DECLARE [[nodiscard]] bool exists(double reach);

private:
    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

    TOPOPRUNE_DECLARE [[nodiscard]] bool find_place(std::size_t start, double reach);

    /// The first bar of to_ from j on that the path has not visited, or their number. Shortens the way.
    TOPOPRUNE_DECLARE [[nodiscard]] std::size_t next_unvisited(std::size_t j);

    /// Gives place j to the bar that reached it, the place that this one had to the bar that reached that,
    /// and so on back to the start.
    TOPOPRUNE_DECLARE void shift_owners(std::size_t j, std::size_t start);

    std::span<const bar> from_;
    std::span<const bar> to_;
    std::vector<std::size_t> place_; ///< of each bar of from_ that has one, in to_
    std::vector<std::size_t> owner_; ///< of each bar of to_, in from_
    std::vector<std::size_t> reached_from_;
    std::vector<std::size_t> next_; ///< j itself, or one after it on the way to the next unvisited
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "bar_cover.ipp"
#endif
