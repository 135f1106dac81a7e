// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../filtration/planar_complex.hpp"
#include "detail/link_cut_forest.hpp"
#include "signed_measure.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

/// The Hilbert signed measure of a bifiltered triangulation of the plane, exactly and without a matrix.
///
/// K(r, s) holds the vertices with f <= s, the edges with scale <= r and f <= s, and the triangles whose
/// three edges are there (f of a simplex is that of its last vertex). The Hilbert function is H(r, s) = dim
/// H_q(K(r, s)) with coefficients in a field; the measure mu sums over atoms (a, b) <= (r, s) to H(r, s).
namespace topoprune {

namespace detail {

/// The vertex of a simplex that enters last; ties go to the least id.
template <std::size_t Count>
[[nodiscard]] std::int32_t last_vertex(std::array<std::int32_t, Count> vertices,
                                       const std::vector<double>& codensity) {
    std::int32_t last = vertices[0];
    for (const std::int32_t v : vertices)
        if (codensity[static_cast<std::size_t>(v)] > codensity[static_cast<std::size_t>(last)])
            last = v;
    return last;
}

/// A spanning forest of a graph whose edges change their weight in the order of the sweep. Nodes 0 .. nodes -
/// 1 are the graph's; edge e is node nodes + e of the link-cut forest.
class swept_forest {
public:
    swept_forest(std::size_t nodes, std::size_t edges)
        : forest_(nodes + edges), nodes_(static_cast<std::int32_t>(nodes)), is_in_(edges, false) {}

    [[nodiscard]] bool contains(std::int32_t edge) const { return is_in_[static_cast<std::size_t>(edge)]; }
    [[nodiscard]] bool connects(std::int32_t a, std::int32_t b) { return forest_.connected(a, b); }

    /// The lightest edge of the forest between two connected nodes a != b.
    [[nodiscard]] std::int32_t lightest_edge(std::int32_t a, std::int32_t b) {
        return forest_.lightest_between(a, b) - nodes_;
    }
    [[nodiscard]] double weight(std::int32_t edge) const { return forest_.weight(nodes_ + edge); }
    void set_weight(std::int32_t edge, double weight) { forest_.set_weight(nodes_ + edge, weight); }

    void insert(std::int32_t edge, std::int32_t a, std::int32_t b, double weight) {
        forest_.set_weight(nodes_ + edge, weight);
        forest_.link(a, nodes_ + edge);
        forest_.link(nodes_ + edge, b);
        is_in_[static_cast<std::size_t>(edge)] = true;
    }
    void remove(std::int32_t edge, std::int32_t a, std::int32_t b) {
        forest_.cut(a, nodes_ + edge);
        forest_.cut(nodes_ + edge, b);
        is_in_[static_cast<std::size_t>(edge)] = false;
    }

private:
    link_cut_forest forest_;
    std::int32_t nodes_;
    std::vector<bool> is_in_;
};

/// 0 .. count - 1 in the order of `before`, ties by number.
template <class Before>
[[nodiscard]] std::vector<std::int32_t> sorted_ids(std::size_t count, Before before) {
    std::vector<std::int32_t> ids(count);
    std::iota(ids.begin(), ids.end(), 0);
    std::stable_sort(ids.begin(), ids.end(), before);
    return ids;
}

} // namespace detail

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
    for (const std::int32_t e :
         detail::sorted_ids(edges, [&](std::int32_t a, std::int32_t b) { return scale(a) > scale(b); }))
        if (!forest.connects(edge(e).faces[0], edge(e).faces[1]))
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

/// Degree 0, the same sweep in the graph itself, upwards: a minimum spanning forest under scale while s
/// rises. A vertex is an atom +1 at (0, f); an edge that joins two components, or replaces a longer edge of
/// the forest, is an atom -1 at (its scale, f), and the replaced edge an atom +1 at (its scale, f).
///
/// Works for every bifiltered complex, planar or not: only vertices and edges are used.
/// Cost: O((n + m) log n) for m edges.
template <BifilteredComplex C>
[[nodiscard]] signed_measure signed_measure_degree_0(const C& complex) {
    const std::size_t edges = complex.edges.size();
    const auto vertices = static_cast<std::size_t>(complex.vertices);
    const auto edge = [&](std::int32_t e) -> const auto& {
        return complex.edges[static_cast<std::size_t>(e)];
    };
    const auto scale = [&](std::int32_t e) { return complex.edge_scale[static_cast<std::size_t>(e)]; };
    const auto codensity = [&](std::int32_t v) { return complex.codensity[static_cast<std::size_t>(v)]; };
    const auto last = [&](std::int32_t e) {
        return detail::last_vertex(std::array{edge(e).u, edge(e).v}, complex.codensity);
    };

    signed_measure atoms;
    for (std::int32_t v = 0; v < static_cast<std::int32_t>(vertices); ++v)
        atoms.push_back({0.0, codensity(v), +1, -1, -1, v});

    // The forest answers with the lightest edge; weights are negated scales, so that it is the longest one.
    detail::swept_forest forest(vertices, edges);
    for (const std::int32_t e : detail::sorted_ids(edges, [&](std::int32_t a, std::int32_t b) {
             return codensity(last(a)) < codensity(last(b));
         })) {
        const auto u = edge(e).u;
        const auto v = edge(e).v;
        const std::int32_t vertex = last(e);
        if (forest.connects(u, v)) {
            const std::int32_t longest = forest.lightest_edge(u, v);
            if (!(scale(longest) > scale(e)))
                continue;
            forest.remove(longest, edge(longest).u, edge(longest).v);
            atoms.push_back(
                {scale(longest), codensity(vertex), +1, edge(longest).u, edge(longest).v, vertex});
        }
        forest.insert(e, u, v, -scale(e));
        atoms.push_back({scale(e), codensity(vertex), -1, u, v, vertex});
    }
    merge_equal_grades(atoms);
    return atoms;
}

/// The Hilbert signed measure of degree 0 or 1. Throws std::invalid_argument for another degree.
template <PlanarComplex C>
[[nodiscard]] signed_measure hilbert_signed_measure(const C& complex, int degree) {
    require(degree == 0 || degree == 1, "hilbert_signed_measure", "degree", degree, "0 or 1");
    return degree == 0 ? signed_measure_degree_0(complex) : planar_signed_measure_degree_1(complex);
}

} // namespace topoprune
