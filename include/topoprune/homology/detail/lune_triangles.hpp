// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "lune_of_bits.hpp"
#include "lune_of_lists.hpp"
#include "ranked_graph.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// The triangles of a flag filtration that decide on its homology of degree 1.
namespace topoprune::detail {

/// A triangle by its last edge and the vertex opposite to it.
struct ranked_triangle {
    std::int32_t last = 0;
    std::int32_t vertex = 0;
};

/// The lune of an edge uv: the vertices that were joined to both u and v before the edge entered. Its
/// triangles with the edge enter together with it, and two of them bound the same as older triangles do when
/// their vertices are joined within the lune. So of the triangles that an edge brings, one for each component
/// of its lune is enough (Koyama, Memoli, Robins, Turner 2023, "reduced Rips"): the one with the component's
/// least vertex. The first fills the loop that the edge closes; only the further ones can kill an older
/// class. An edge with an empty lune brings nothing, and only such an edge can give birth to a class that
/// lives on, or join two components.
struct lune_triangles {
    /// For each edge the vertex of its first triangle, the least one of its lune; -1 if that is empty.
    std::vector<std::int32_t> first_vertex;
    /// One triangle for each further component of a lune, by (last edge, vertex).
    std::vector<ranked_triangle> further;

    [[nodiscard]] bool is_empty(std::int32_t edge) const {
        return first_vertex[static_cast<std::size_t>(edge)] < 0;
    }
};

/// Finds them in parallel. A graph of mean degree above n / 128 goes by rows of bits, n^2 / 8 bytes a thread,
/// which is less than the lists of neighbors would take; an edge then takes n / 16 operations on words or a
/// few times that. Others go by lists of neighbors, 16 bytes an edge; an edge takes the time to read the
/// neighbors of one end, and of some vertices of its lune, that were there before it.
[[nodiscard]] inline lune_triangles find_lune_triangles(const ranked_edges& edges, const execution& where) {
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
