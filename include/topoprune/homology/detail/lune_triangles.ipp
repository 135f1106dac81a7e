// SPDX-License-Identifier: MIT
#pragma once

#include "lune_triangles.hpp"

#include "lune_of_bits.hpp"
#include "lune_of_lists.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE lune_triangles find_lune_triangles(const ranked_edges& edges, const execution& where) {
    lune_triangles result;
    result.first_vertex.assign(static_cast<std::size_t>(edges.size()), -1);
    const auto keep = [&](std::int32_t edge, const std::vector<std::int32_t>& least,
                          std::vector<ranked_triangle>& further) {
        if (least.empty())
            return;
        result.first_vertex[static_cast<std::size_t>(edge)] = least.front();
        for (std::size_t i = 1; i < least.size(); ++i)
            further.push_back({edge, least[i]});
    };
    const std::int64_t n = edges.vertices();
    std::vector<std::vector<ranked_triangle>> parts;
    if (128 * static_cast<std::int64_t>(edges.size()) > n * n) {
        constexpr std::int64_t tasks = 16;
        parts.resize(tasks);
        where.parallel_for(tasks, [&](std::int64_t task) {
            const auto begin = static_cast<std::int32_t>(edges.size() * task / tasks);
            const auto end = static_cast<std::int32_t>(edges.size() * (task + 1) / tasks);
            for (lune_of_bits lune(edges, begin); lune.edge() < end; lune.advance()) {
                if (lune.edge() % 1024 == 0)
                    where.check_interruption();
                keep(lune.edge(), lune.least_of_components(), parts[static_cast<std::size_t>(task)]);
            }
        });
    } else {
        constexpr std::int64_t grain = 8;
        parts.resize(static_cast<std::size_t>((n + grain - 1) / grain));
        const ranked_neighbors neighbors(edges);
        where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
            lune_of_lists lune(neighbors, n);
            for (auto u = static_cast<std::int32_t>(begin); u < end; ++u) {
                where.check_interruption();
                lune.enter(u);
                for (const auto [v, edge] : neighbors.of(u))
                    if (u < v)
                        keep(edge, lune.least_of_components(v, edge),
                             parts[static_cast<std::size_t>(begin / grain)]);
            }
        });
    }
    for (std::vector<ranked_triangle>& part : parts) {
        result.further.insert(result.further.end(), part.begin(), part.end());
        part = {};
    }
    std::sort(result.further.begin(), result.further.end(), [](const auto& a, const auto& b) {
        return std::pair(a.last, a.vertex) < std::pair(b.last, b.vertex);
    });
    return result;
}

} // namespace topoprune::detail
