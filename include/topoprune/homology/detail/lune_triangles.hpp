// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "ranked_graph.hpp"

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

/// Finds them in parallel. A graph of mean degree above n / 64 goes by rows of bits, n^2 / 8 bytes a thread,
/// which is less than the lists of neighbors would take; an edge then takes n / 16 operations on words or a
/// few times that. Others go by lists of neighbors, 16 bytes an edge; an edge takes the time to read the
/// neighbors of one end, and of some vertices of its lune, that were there before it.
TOPOPRUNE_DECLARE [[nodiscard]] lune_triangles find_lune_triangles(const ranked_edges& edges,
                                                                   const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "lune_triangles.ipp"
#endif
