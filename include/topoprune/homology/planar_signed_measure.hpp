// SPDX-License-Identifier: MIT
#pragma once

#include "../filtration/planar_complex.hpp"
#include "detail/swept_forest.hpp"
#include "detail/union_find.hpp"
#include "signed_measure.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
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
    const std::size_t faces = complex.triangles.size() + 1;
    const auto edge = [&](std::int32_t e) -> const auto& {
        return complex.edges[static_cast<std::size_t>(e)];
    };
    const auto scale = [&](std::int32_t e) { return complex.edge_scale[static_cast<std::size_t>(e)]; };
    const auto codensity = [&](std::int32_t v) { return complex.codensity[static_cast<std::size_t>(v)]; };
    std::vector<std::int32_t> last_of(edges);
    for (std::size_t e = 0; e < edges; ++e)
        last_of[e] =
            detail::last_vertex(std::array{complex.edges[e].u, complex.edges[e].v}, complex.codensity);
    const auto entry = [&](std::int32_t e) { return codensity(last_of[static_cast<std::size_t>(e)]); };

    detail::swept_forest forest(faces, edges);
    detail::union_find components(faces);
    for (const std::int32_t e :
         detail::sorted_ids(edges, [&](std::int32_t a, std::int32_t b) { return scale(a) > scale(b); }))
        if (components.join(edge(e).faces[0], edge(e).faces[1]))
            forest.insert(e, edge(e).faces[0], edge(e).faces[1], scale(e));

    signed_measure atoms;
    const double forever = std::numeric_limits<double>::infinity();
    for (const std::int32_t e :
         detail::sorted_ids(edges, [&](std::int32_t a, std::int32_t b) { return entry(a) > entry(b); })) {
        const auto [one_side, other_side] = edge(e).faces;
        std::int32_t leaving = e;
        if (forest.contains(e)) {
            forest.set_weight(e, forever);
        } else {
            if (one_side == other_side)
                continue;
            leaving = forest.lightest_edge(one_side, other_side);
            if (leaving < 0 || forest.weight(leaving) == forever)
                continue;
            forest.remove(leaving, edge(leaving).faces[0], edge(leaving).faces[1]);
            forest.insert(e, one_side, other_side, forever);
        }
        const std::int32_t vertex = last_of[static_cast<std::size_t>(e)];
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
