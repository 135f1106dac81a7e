// SPDX-License-Identifier: MIT
#pragma once

#include "../../filtration/planar_complex.hpp"
#include "link_cut_forest.hpp"
#include "union_find.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/// The maximum spanning forest of the dual graph of a triangulated plane: its nodes are the faces, the outer
/// one among them, and each edge of the triangulation joins the faces on its two sides.
namespace topoprune::detail {

/// An edge and what it is sorted by.
struct keyed_edge {
    double key;
    std::int32_t edge;
};

/// The edges 0 .. count - 1 in ascending order of key(edge), ties by number.
template <class Key>
[[nodiscard]] std::vector<keyed_edge> edges_by(std::size_t count, Key key) {
    std::vector<keyed_edge> sorted(count);
    for (std::size_t e = 0; e < count; ++e)
        sorted[e] = {key(static_cast<std::int32_t>(e)), static_cast<std::int32_t>(e)};
    std::sort(sorted.begin(), sorted.end(), [](const keyed_edge& a, const keyed_edge& b) {
        return a.key != b.key ? a.key < b.key : a.edge < b.edge;
    });
    return sorted;
}

/// Which edges of the dual graph are in its maximum spanning forest (Kruskal).
template <PlanarComplex C>
[[nodiscard]] std::vector<bool> maximum_spanning_forest(const C& complex,
                                                        const std::vector<keyed_edge>& by_scale) {
    union_find faces(complex.triangles.size() + 1);
    std::vector<bool> is_in(by_scale.size(), false);
    for (auto at = by_scale.rbegin(); at != by_scale.rend(); ++at) {
        const auto e = static_cast<std::size_t>(at->edge);
        is_in[e] = faces.join(complex.edges[e].faces[0], complex.edges[e].faces[1]);
    }
    return is_in;
}

/// Hangs the edges of the forest and the faces between them below the outer face, O(n): a triangle has at
/// most three edges, and the dual graph is connected.
template <PlanarComplex C, class Forest>
void hang_forest(const C& complex, const std::vector<bool>& is_in, const std::vector<std::int32_t>& rank_of,
                 Forest& forest) {
    const auto outer = static_cast<std::int32_t>(complex.triangles.size());
    std::vector<std::int32_t> reached; // triangles that hang in the forest already
    std::vector<bool> is_hung(is_in.size(), false);
    const auto hang = [&](std::int32_t e, std::int32_t from) {
        const auto at = static_cast<std::size_t>(e);
        if (!is_in[at] || is_hung[at])
            return;
        is_hung[at] = true;
        const auto [a, b] = complex.edges[at].faces;
        const std::int32_t to = a == from ? b : a;
        forest.set_weight(outer + 1 + e, rank_of[at]);
        forest.hang(outer + 1 + e, from);
        forest.hang(to, outer + 1 + e);
        reached.push_back(to);
    };
    for (std::size_t e = 0; e < is_in.size(); ++e)
        if (const auto [a, b] = complex.edges[e].faces; a == outer || b == outer)
            hang(static_cast<std::int32_t>(e), outer);
    for (std::size_t next = 0; next < reached.size(); ++next) {
        const std::int32_t from = reached[next];
        for (const std::int32_t e : complex.triangles[static_cast<std::size_t>(from)].edges)
            hang(e, from);
    }
}

} // namespace topoprune::detail
