// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/detail/union_find.hpp"
#include "../../core/execution.hpp"
#include "lune_triangles.hpp"
#include "persistence_pairs.hpp"
#include "ranked_graph.hpp"

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
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<persistence_pair> component_pairs(const ranked_edges& edges);

/// The pairs of degree 1, and the triangles that kill.
struct loop_pairs {
    std::vector<persistence_pair> pairs;
    std::vector<ranked_triangle> killers; ///< by (last edge, vertex)
};

/// The pairs of degree 1 but for those of an edge and the first triangle of its lune, which enter together.
/// Reduces the boundaries of the further triangles; an edge that has a first triangle is replaced by the
/// other two sides of that, until edges with empty lunes are left. Ends when all classes are killed.
TOPOPRUNE_DECLARE [[nodiscard]] loop_pairs
find_loop_pairs(const ranked_edges& edges, const lune_triangles& lunes, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "loop_pairs.ipp"
#endif
