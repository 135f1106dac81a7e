// SPDX-License-Identifier: MIT
#pragma once

#include "directed_edges.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE arriving_edges transposed(std::span<const directed_edge> leaving, std::int64_t n,
                                           std::int64_t k) {
    arriving_edges arriving{.begins = std::vector<std::int64_t>(static_cast<std::size_t>(n) + 1, 0),
                            .edges = std::vector<directed_edge>(leaving.size())};
    for (const directed_edge& edge : leaving)
        ++arriving.begins[static_cast<std::size_t>(edge.vertex) + 1];
    for (std::size_t i = 1; i < arriving.begins.size(); ++i)
        arriving.begins[i] += arriving.begins[i - 1];
    std::vector<std::int64_t> next(arriving.begins.begin(), arriving.begins.end() - 1);
    for (std::int64_t i = 0; i < n; ++i)
        for (const directed_edge& edge :
             leaving.subspan(static_cast<std::size_t>(i * k), static_cast<std::size_t>(k)))
            arriving.edges[static_cast<std::size_t>(next[static_cast<std::size_t>(edge.vertex)]++)] = {
                static_cast<std::int32_t>(i), edge.weight};
    return arriving;
}

} // namespace topoprune::detail
