// SPDX-License-Identifier: MIT
#pragma once

#include "../core/detail/entry_order.hpp"
#include "../filtration/planar_complex.hpp"
#include "detail/ascending_order.hpp"
#include "detail/codensity_rows.hpp"
#include "detail/incremental_spanning_forest.hpp"
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
    const auto edge = [&](std::int32_t e) -> const auto& {
        return complex.edges[static_cast<std::size_t>(e)];
    };
    const auto atom_at = [&](std::int32_t e, std::int32_t vertex, std::int32_t mass) {
        return atom{complex.edge_scale[static_cast<std::size_t>(e)],
                    complex.codensity[static_cast<std::size_t>(vertex)],
                    mass,
                    edge(e).u,
                    edge(e).v,
                    vertex};
    };

    // Edges take the ranks of their scales for weights: no two are equal. Faces are the nodes.
    const std::vector<std::int32_t> by_scale = detail::ascending_order(complex.edge_scale);
    detail::incremental_spanning_forest forest(complex.triangles.size() + 1);
    for (std::size_t rank = edges; rank-- > 0;) {
        const auto [one_side, other_side] = edge(by_scale[rank]).faces;
        forest.insert(one_side, other_side, static_cast<std::int32_t>(rank));
    }

    const detail::codensity_rows rows(complex.codensity);
    const auto row_of = [&](const auto& vertices) {
        std::int32_t last = 0;
        for (const std::int32_t v : vertices)
            last = std::max(last, rows.of_vertex[static_cast<std::size_t>(v)]);
        return last;
    };
    const detail::by_row edges_of(rows.count, edges, [&](std::size_t e) {
        return row_of(std::array{complex.edges[e].u, complex.edges[e].v});
    });
    const detail::by_row triangles_of(rows.count, complex.triangles.size(),
                                      [&](std::size_t t) { return row_of(complex.triangles[t].vertices); });

    signed_measure atoms, row;
    for (std::int32_t s = rows.count; s-- > 0;) {
        row.clear();
        for (const std::int32_t e : edges_of[s]) {
            const auto [one_side, other_side] = edge(e).faces;
            const std::int32_t rank = forest.insert(one_side, other_side, forest.heaviest);
            if (rank != forest.heaviest)
                row.push_back(
                    atom_at(by_scale[static_cast<std::size_t>(rank)],
                            detail::last_vertex(std::array{edge(e).u, edge(e).v}, complex.codensity), +1));
        }
        for (const std::int32_t t : triangles_of[s]) {
            const auto& triangle = complex.triangles[static_cast<std::size_t>(t)];
            row.push_back(atom_at(triangle.longest_edge,
                                  detail::last_vertex(triangle.vertices, complex.codensity), -1));
        }
        merge_equal_grades(row);
        atoms.insert(atoms.end(), row.rbegin(), row.rend());
    }
    std::reverse(atoms.begin(), atoms.end());
    return atoms;
}

} // namespace topoprune
