// SPDX-License-Identifier: MIT
#pragma once

#include "flag_simplices.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::int32_t flag_simplices::least_apex(key t, std::int32_t bound) const {
    const std::int32_t last = last_edge_of_triangle(t);
    const auto [u, v] = edges_.ends(last);
    std::int32_t least = -1;
    for_each_common(std::array{u, v, static_cast<std::int32_t>(t % n_)},
                    [&](std::int32_t x, const std::array<std::int32_t, 3>& ranks) {
                        if (x < bound && std::max({ranks[0], ranks[1], ranks[2]}) < last)
                            least = x;
                        return x < bound && least < 0;
                    });
    return least;
}

} // namespace topoprune::detail
