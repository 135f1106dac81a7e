// SPDX-License-Identifier: MIT
#pragma once

#include "hole_persistence.hpp"

#include "../filtration/weak_delaunay.hpp"
#include "../homology/detail/planar_pairs.hpp"
#include "detail/rooted_tree.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> hole_persistence::values(matrix_view<const double> points,
                                                              const execution& where) const {
    const planar_complex complex = weak_delaunay{}.build(points, where);
    const auto outer = static_cast<std::int32_t>(complex.triangles.size());
    const auto scale = [&](std::int32_t edge) { return complex.edge_scale[static_cast<std::size_t>(edge)]; };
    const auto add = [&](double a, double b) { return holes == counted_holes::all ? a + b : std::max(a, b); };

    struct opening {
        std::int32_t edge, younger, older;
    };
    std::vector<opening> openings;
    openings.reserve(complex.triangles.size());
    detail::join_faces(complex, [&](std::int32_t edge, std::int32_t younger, std::int32_t older) {
        openings.push_back({edge, younger, older});
    });

    // Of each face the length of the bar that it ends, and the lengths from there on the way to its far
    // ancestor. A hole opens into one that opens into another only later: parents first is backwards.
    std::vector<double> length(complex.triangles.size() + 1, 0), far_length(length.size(), 0);
    detail::rooted_tree tree(length.size(), outer);
    for (auto at = openings.rbegin(); at != openings.rend(); ++at) {
        const auto face = static_cast<std::size_t>(at->younger);
        length[face] = scale(complex.triangles[face].longest_edge) - scale(at->edge);
        const std::int32_t near = tree.far(at->older);
        tree.add(at->younger, at->older);
        far_length[face] = length[face];
        if (tree.far(at->younger) != at->older)
            far_length[face] = add(length[face], add(far_length[static_cast<std::size_t>(at->older)],
                                                     far_length[static_cast<std::size_t>(near)]));
    }

    std::vector<double> result(static_cast<std::size_t>(points.rows()), 0);
    const double share = holes == counted_holes::all ? 0.5 : 1;
    for (const planar_edge& edge : complex.edges) {
        double bounded = 0;
        tree.common_ancestor(edge.faces[0], edge.faces[1], [&](std::int32_t face, bool is_far) {
            bounded = add(bounded, (is_far ? far_length : length)[static_cast<std::size_t>(face)]);
        });
        for (const std::int32_t end : {edge.u, edge.v}) {
            double& of_end = result[static_cast<std::size_t>(end)];
            of_end = add(of_end, share * bounded);
        }
    }
    // A copy hangs on the first sample at its place by an edge that bounds nothing.
    for (std::size_t e = 0; e < complex.edges.size(); ++e)
        if (const planar_edge& edge = complex.edges[e];
            complex.edge_scale[e] == 0 && edge.faces[0] == edge.faces[1])
            result[static_cast<std::size_t>(edge.v)] = result[static_cast<std::size_t>(edge.u)];
    return result;
}

} // namespace topoprune
