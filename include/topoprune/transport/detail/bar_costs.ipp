// SPDX-License-Identifier: MIT
#pragma once

#include "bar_costs.hpp"

#include "../../core/checks.hpp"
#include "../../core/execution.hpp"

#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE split_bars::split_bars(const barcode& bars, std::string_view function) {
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const auto [birth, death] = std::pair(bars[i].birth, bars[i].death);
        require(std::isfinite(birth), function, "the birth of a bar", birth, "finite");
        require(birth <= death, function, "the death of a bar", death, "at least its birth,", birth);
        require(death == std::numeric_limits<double>::infinity() || std::isfinite(death - birth), function,
                "the length of a bar", death - birth, "finite");
        if (std::isfinite(death)) {
            ending.push_back(i);
            longest = std::max(longest, death - birth);
        } else {
            endless.push_back(i);
        }
    }
    std::stable_sort(endless.begin(), endless.end(),
                     [&](std::size_t a, std::size_t b) { return bars[a].birth < bars[b].birth; });
}

} // namespace topoprune::detail
