// SPDX-License-Identifier: MIT
#pragma once

#include "bottleneck_distance.hpp"

#include "../core/checks.hpp"
#include "detail/bar_cover.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE ended_bars::ended_bars(const barcode& bars) {
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

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE double bottleneck_distance(const barcode& from, const barcode& to) {
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
