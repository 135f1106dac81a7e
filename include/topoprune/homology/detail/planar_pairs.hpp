// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/detail/entry_order.hpp"
#include "../../core/detail/union_find.hpp"
#include "../../filtration/planar_complex.hpp"
#include "persistence_pairs.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// Joins the faces of a complex in the plane by duality: with r falling, faces open up when their triangle
/// leaves, the outer one first of all, and edges that leave join the faces on their two sides. Of two joined
/// components the one whose first face opened later ends: joined(edge, that face, the first face of the
/// other). O(n log n).
template <GradedByScale C, class Joined>
    requires HasDualGraph<C>
void join_faces(const C& complex, Joined joined) {
    const auto outer = static_cast<std::int32_t>(complex.triangles.size());
    const auto scale = [&](std::int32_t edge) { return complex.edge_scale[static_cast<std::size_t>(edge)]; };
    // The outer face is the oldest; of triangles the one that leaves first.
    const auto opens_before = [&](std::int32_t a, std::int32_t b) {
        if (a == outer || b == outer)
            return a == outer;
        const auto leaves_at = [&](std::int32_t t) {
            return scale(complex.triangles[static_cast<std::size_t>(t)].longest_edge);
        };
        return leaves_at(a) > leaves_at(b) || (leaves_at(a) == leaves_at(b) && a < b);
    };
    union_find faces(complex.triangles.size() + 1); // its roots are the oldest faces
    for (const std::int32_t edge : sorted_ids(
             complex.edges.size(), [&](std::int32_t a, std::int32_t b) { return scale(a) > scale(b); })) {
        const auto& sides = complex.edges[static_cast<std::size_t>(edge)].faces;
        std::int32_t older = faces.root(sides[0]);
        std::int32_t younger = faces.root(sides[1]);
        if (older == younger)
            continue;
        if (opens_before(younger, older))
            std::swap(older, younger);
        faces.join_under(older, younger);
        joined(edge, younger, older);
    }
}

/// The pairs (edge, triangle) of degree 1 of a complex in the plane: the triangle of the face that ends fills
/// the hole which the edge closes off. O(n log n).
template <GradedByScale C>
    requires HasDualGraph<C>
[[nodiscard]] std::vector<persistence_pair> planar_pairs(const C& complex) {
    std::vector<persistence_pair> pairs;
    join_faces(complex, [&](std::int32_t edge, std::int32_t younger, std::int32_t) {
        pairs.push_back({edge, younger});
    });
    return pairs;
}

} // namespace topoprune::detail
