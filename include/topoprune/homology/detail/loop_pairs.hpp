// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "bit_tree_column.hpp"
#include "lune_triangles.hpp"
#include "persistence_pairs.hpp"
#include "ranked_graph.hpp"
#include "union_find.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Pairs of simplices of a flag filtration in degrees 0 and 1, by the ranks of the edges with which they
/// enter.
namespace topoprune::detail {

/// The edges that join components, ascending: a minimum spanning forest (Kruskal). Edges of which
/// may_join(rank) is false are passed over.
template <class MayJoin>
[[nodiscard]] std::vector<std::int32_t> spanning_forest(const ranked_edges& edges, MayJoin may_join) {
    std::vector<std::int32_t> forest;
    union_find components(static_cast<std::size_t>(edges.vertices()));
    for (std::int32_t rank = 0; rank < edges.size(); ++rank)
        if (may_join(rank) && components.join(edges.ends(rank).u, edges.ends(rank).v))
            forest.push_back(rank);
    return forest;
}

/// The pairs of degree 0: every vertex is born at 0.
[[nodiscard]] inline std::vector<persistence_pair> component_pairs(const ranked_edges& edges) {
    std::vector<persistence_pair> pairs;
    for (const std::int32_t edge : spanning_forest(edges, [](std::int32_t) { return true; }))
        pairs.push_back({-1, edge});
    pairs.resize(static_cast<std::size_t>(edges.vertices()));
    return pairs;
}

/// The pairs of degree 1, and the triangles that kill.
struct loop_pairs {
    std::vector<persistence_pair> pairs;
    std::vector<ranked_triangle> killers; ///< by (last edge, vertex)
};

/// The pairs of degree 1 but for those of an edge and the first triangle of its lune, which enter together.
/// Reduces the boundaries of the further triangles; an edge that has a first triangle is replaced by the
/// other two sides of that, until edges with empty lunes are left. Ends when all classes are killed.
[[nodiscard]] inline loop_pairs find_loop_pairs(const ranked_edges& edges, const lune_triangles& lunes,
                                                const execution& where) {
    const auto count = static_cast<std::size_t>(edges.size());
    std::vector<bool> gives_birth(count);
    std::int64_t alive = 0;
    for (std::int32_t edge = 0; edge < edges.size(); ++edge)
        if (lunes.is_empty(edge)) {
            gives_birth[static_cast<std::size_t>(edge)] = true;
            ++alive;
        }
    for (const std::int32_t edge :
         spanning_forest(edges, [&](std::int32_t e) { return lunes.is_empty(e); })) {
        gives_birth[static_cast<std::size_t>(edge)] = false;
        --alive;
    }

    loop_pairs result;
    std::vector<std::vector<std::int32_t>> reduced; // boundaries, one for each pair
    std::vector<std::int32_t> pair_of(count, -1);   // by the edge that gives birth
    bit_tree_column boundary(count);
    const auto add_boundary = [&](const ranked_triangle& triangle) {
        boundary.add(triangle.last);
        boundary.add(edges.between(edges.ends(triangle.last).u, triangle.vertex));
        boundary.add(edges.between(edges.ends(triangle.last).v, triangle.vertex));
    };
    for (std::size_t i = 0; const ranked_triangle& triangle : lunes.further) {
        if (alive == 0)
            break;
        if (i++ % 1024 == 0)
            where.check_interruption();
        add_boundary(triangle);
        for (std::int32_t edge = boundary.pivot(); edge >= 0; edge = boundary.pivot()) {
            const auto at = static_cast<std::size_t>(edge);
            if (!lunes.is_empty(edge)) {
                add_boundary({edge, lunes.first_vertex[at]});
            } else if (pair_of[at] >= 0) {
                boundary.add_all(reduced[static_cast<std::size_t>(pair_of[at])]);
            } else {
                pair_of[at] = static_cast<std::int32_t>(result.pairs.size());
                result.pairs.push_back({edge, triangle.last});
                result.killers.push_back(triangle);
                gives_birth[at] = false;
                --alive;
                reduced.push_back(boundary.take());
            }
        }
    }
    for (std::int32_t edge = 0; edge < edges.size(); ++edge)
        if (gives_birth[static_cast<std::size_t>(edge)])
            result.pairs.push_back({edge, -1});
    return result;
}

} // namespace topoprune::detail
