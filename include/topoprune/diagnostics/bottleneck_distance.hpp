// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../homology/barcode.hpp"
#include "detail/bar_cover.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace topoprune {

namespace detail {

/// The bars that end, ascending by death, and the births of those that do not, ascending.
struct ended_bars {
    std::vector<bar> ending;
    std::vector<double> endless;

    explicit ended_bars(const barcode& bars) {
        for (const bar& b : bars) {
            require(std::isfinite(b.birth) && b.death >= b.birth, "bottleneck_distance", "a death", b.death,
                    "at least its birth, which must be finite,", b.birth);
            if (b.death < std::numeric_limits<double>::infinity())
                ending.push_back(b);
            else
                endless.push_back(b.birth);
        }
        std::stable_sort(ending.begin(), ending.end(),
                         [](const bar& a, const bar& b) { return a.death < b.death; });
        std::sort(endless.begin(), endless.end());
    }
};

} // namespace detail

/// The bottleneck distance between two barcodes: the largest distance in the matching that makes it least,
///
///     d_B = min over matchings of max of |x - y|_infinity
///
/// over the matched pairs x, y of (birth, death), where every bar may be matched with the diagonal instead,
/// at (death - birth) / 2 from it (Cohen-Steiner, Edelsbrunner, Harer 2007). Unlike the Wasserstein distance
/// (match_bars) it sees the worst bar alone, and any number of short ones costs nothing.
///
/// Bars that never end are matched among themselves in the order of their births; there must be as many of
/// them in both barcodes, or none in the second: then those of the first are left out. Throws
/// std::invalid_argument otherwise, and for a bar with a birth that is not finite or a death before it.
///
/// Exact to the last bit of the computed distances: a bisection of the floating-point numbers, of at most 64
/// steps, by whether a matching within a reach exists. It does if the bars of either side that are farther
/// than the reach from the diagonal can all be matched into the other side (Mendelsohn and Dulmage 1958), so
/// that short bars enter only as partners.
/// Cost: O(64 l e) time at worst, for l bars longer than twice the distance and e pairs within it; O(64 l b)
/// where all are born at one time, as in degree 0; O(a + b) memory.
[[nodiscard]] inline double bottleneck_distance(const barcode& from, const barcode& to) {
    const detail::ended_bars first(from), second(to);
    require(second.endless.empty() || first.endless.size() == second.endless.size(), "bottleneck_distance",
            "the number of bars that never end", first.endless.size(), "that of the other barcode,",
            second.endless.size());
    double of_endless = 0;
    for (std::size_t i = 0; i < second.endless.size(); ++i)
        of_endless = std::max(of_endless, std::abs(first.endless[i] - second.endless[i]));
    double all_to_diagonal = 0;
    for (const auto* bars : {&first.ending, &second.ending})
        for (const bar& b : *bars)
            all_to_diagonal = std::max(all_to_diagonal, detail::to_diagonal(b));

    detail::bar_cover forward(first.ending, second.ending), backward(second.ending, first.ending);
    const auto suffices = [&](double reach) { return forward.exists(reach) && backward.exists(reach); };
    // The bits of non-negative doubles, read as whole numbers, are in the order of the doubles.
    auto low = std::bit_cast<std::uint64_t>(0.0), high = std::bit_cast<std::uint64_t>(all_to_diagonal);
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (suffices(std::bit_cast<double>(middle)))
            high = middle;
        else
            low = middle + 1;
    }
    return std::max(of_endless, std::bit_cast<double>(high));
}

} // namespace topoprune
