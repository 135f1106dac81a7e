// SPDX-License-Identifier: MIT
#pragma once

#include "../filtration/planar_complex.hpp"
#include "detail/dual_forest.hpp"
#include "detail/link_cut_forest.hpp"
#include "detail/swept_forest.hpp"
#include "signed_measure.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

/// The Hilbert signed measure of a bifiltered triangulation of the plane, exactly and without a matrix.
///
/// K(r, s) holds the vertices with f <= s, the edges with scale <= r and f <= s, and the triangles whose
/// three edges are there (f of a simplex is that of its last vertex). The Hilbert function is H(r, s) = dim
/// H_q(K(r, s)) with coefficients in a field; the measure mu sums over atoms (a, b) <= (r, s) to H(r, s).
namespace topoprune {

/// Degree 1, by planar duality. A hole of K(r, s) is a component of its complement that is neither the outer
/// one nor a triangle that is present. In the dual graph (one node for each face, one edge across each edge
/// e) call the edge across e open while e is absent; then
///     H(r, s) = #components of the open dual graph - 1 - #triangles present.
/// Give the edge across e the weight scale(e), or infinity once f(e) > s: the components at every r are those
/// of a maximum spanning forest, its finite weights <= r each splitting one. Lowering s through the
/// codensities raises weights to infinity one edge at a time; the finite weight that leaves the forest in
/// exchange is an atom +1 at (that weight, s), and each triangle is an atom -1 at its own grade.
///
/// Every atom carries the edge whose scale is its r and the vertex whose codensity is its f.
/// Cost: O(n log n) time, O(n) memory. Ties in the grades do not change the measure.
template <PlanarComplex C>
[[nodiscard]] signed_measure planar_signed_measure_degree_1(const C& complex) {
    const std::size_t edges = complex.edges.size();
    const auto faces = static_cast<std::int32_t>(complex.triangles.size() + 1);
    const auto edge = [&](std::int32_t e) -> const auto& {
        return complex.edges[static_cast<std::size_t>(e)];
    };
    const auto scale = [&](std::int32_t e) { return complex.edge_scale[static_cast<std::size_t>(e)]; };
    const auto codensity = [&](std::int32_t v) { return complex.codensity[static_cast<std::size_t>(v)]; };

    // The edges by scale, and the rank of each: the forest compares ranks.
    const std::vector<detail::keyed_edge> by_scale = detail::edges_by(edges, scale);
    std::vector<std::int32_t> rank_of(edges);
    for (std::size_t rank = 0; rank < edges; ++rank)
        rank_of[static_cast<std::size_t>(by_scale[rank].edge)] = static_cast<std::int32_t>(rank);

    // Faces are nodes 0 .. faces - 1, edge e is node faces + e.
    using dual_forest = detail::basic_link_cut_forest<std::int32_t>;
    dual_forest forest(static_cast<std::size_t>(faces) + edges);
    std::vector<bool> is_in = detail::maximum_spanning_forest(complex, by_scale);
    detail::hang_forest(complex, is_in, rank_of, forest);

    signed_measure atoms;
    atoms.reserve(edges + complex.triangles.size());
    const auto entry = [&](std::int32_t e) {
        return -std::max(codensity(edge(e).u), codensity(edge(e).v)); // negated: from the last to the first
    };
    for (const auto& [negated, e] : detail::edges_by(edges, entry)) {
        const auto [one_side, other_side] = edge(e).faces;
        std::int32_t leaving = e;
        if (is_in[static_cast<std::size_t>(e)]) {
            forest.set_weight(faces + e, dual_forest::heaviest);
        } else {
            if (one_side == other_side)
                continue;
            leaving = forest.lightest_between(one_side, other_side) - faces;
            if (leaving < 0 || forest.weight(faces + leaving) == dual_forest::heaviest)
                continue;
            forest.replace_on_path(faces + leaving, one_side, other_side, faces + e, dual_forest::heaviest);
            is_in[static_cast<std::size_t>(leaving)] = false;
            is_in[static_cast<std::size_t>(e)] = true;
        }
        const std::int32_t vertex = detail::last_vertex(std::array{edge(e).u, edge(e).v}, complex.codensity);
        atoms.push_back({scale(leaving), codensity(vertex), +1, edge(leaving).u, edge(leaving).v, vertex});
    }
    for (const auto& triangle : complex.triangles) {
        const std::int32_t e = triangle.longest_edge;
        const std::int32_t vertex = detail::last_vertex(triangle.vertices, complex.codensity);
        atoms.push_back({scale(e), codensity(vertex), -1, edge(e).u, edge(e).v, vertex});
    }
    merge_equal_grades(atoms);
    return atoms;
}

} // namespace topoprune
