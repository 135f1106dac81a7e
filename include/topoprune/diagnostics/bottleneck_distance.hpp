// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../homology/barcode.hpp"

#include <cstdint>
#include <vector>

namespace topoprune {

namespace detail {

/// The bars that end, ascending by death, and the births of those that do not, ascending.
struct ended_bars {
    std::vector<bar> ending;
    std::vector<double> endless;

    TOPOPRUNE_DECLARE explicit ended_bars(const barcode& bars);
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
TOPOPRUNE_DECLARE [[nodiscard]] double bottleneck_distance(const barcode& from, const barcode& to);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "bottleneck_distance.ipp"
#endif
