// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/compiled.hpp"
#include "ranked_graph.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace topoprune::detail {

/// The simplices of a flag filtration as numbers in the order in which they enter. A triangle is its last
/// edge and the opposite vertex w, a tetrahedron its last edge and the other two vertices hi > lo:
///
///     triangle = last * n + w,     tetrahedron = (last * n + hi) * n + lo.
///
/// A triangle and a tetrahedron form an *apparent pair* if the one is the latest face of the other and the
/// other its earliest coface. With this order the latest face of (last, hi, lo) is (last, hi); so it is
/// apparent if lo is the least of the vertices that hi can be joined with.
class flag_simplices {
public:
    using key = std::uint64_t;

    flag_simplices(const ranked_edges& edges, const ranked_neighbors& by_vertex)
        : edges_(edges), neighbors_(by_vertex), n_(static_cast<key>(edges.vertices())) {
        const double largest = static_cast<double>(edges.size()) * static_cast<double>(n_ * n_);
        require(largest < 9e18, "persistence_barcode", "edges times the square of vertices", largest,
                "below 9e18 in degree 2");
    }

    [[nodiscard]] key triangle(std::int32_t last, std::int32_t vertex) const {
        return static_cast<key>(last) * n_ + static_cast<key>(vertex);
    }
    [[nodiscard]] std::int32_t last_edge_of_triangle(key t) const {
        return static_cast<std::int32_t>(t / n_);
    }
    [[nodiscard]] std::int32_t last_edge_of_tetrahedron(key t) const { return last_edge_of_triangle(t / n_); }

    /// visit(w) for the vertices of the lune of an edge, ascending.
    template <class Visit>
    void for_each_in_lune(std::int32_t edge, Visit visit) const {
        const auto [u, v] = edges_.ends(edge);
        for_each_common(std::array{u, v}, [&](std::int32_t w, const std::array<std::int32_t, 2>& ranks) {
            if (std::max(ranks[0], ranks[1]) < edge)
                visit(w);
            return true;
        });
    }

    /// Whether a tetrahedron with the same last edge and a lesser vertex than that of the triangle has the
    /// triangle for its latest face: the triangle is then the face of an apparent pair.
    [[nodiscard]] bool is_apparent_face(key t) const {
        return least_apex(t, static_cast<std::int32_t>(t % n_)) >= 0;
    }

    /// The latest face of a tetrahedron if the two are an apparent pair; else no_simplex.
    [[nodiscard]] key apparent_face(key tetrahedron) const {
        const key face = tetrahedron / n_;
        return least_apex(face, static_cast<std::int32_t>(tetrahedron % n_)) < 0 ? face : no_simplex;
    }
    static constexpr key no_simplex = ~key{0};

    /// visit(tetrahedron) for every one that the triangle is a face of.
    template <class Visit>
    void for_each_coface(key t, Visit visit) const {
        const std::int32_t last = last_edge_of_triangle(t);
        const auto w = static_cast<std::int32_t>(t % n_);
        const auto [u, v] = edges_.ends(last);
        for_each_common(std::array{u, v, w}, [&](std::int32_t x, const std::array<std::int32_t, 3>& ranks) {
            if (const std::int32_t later = std::max({ranks[0], ranks[1], ranks[2]}); later < last)
                visit(tetrahedron(last, w, x));
            else if (later == ranks[0])
                visit(tetrahedron(later, v, w));
            else if (later == ranks[1])
                visit(tetrahedron(later, u, w));
            else
                visit(tetrahedron(later, u, v));
            return true;
        });
    }

private:
    [[nodiscard]] key tetrahedron(std::int32_t last, std::int32_t a, std::int32_t b) const {
        return (static_cast<key>(last) * n_ + static_cast<key>(std::max(a, b))) * n_ +
               static_cast<key>(std::min(a, b));
    }

    /// The least vertex below a bound that makes of the triangle a tetrahedron with the same last edge.
    TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t least_apex(key t, std::int32_t bound) const;

    /// visit(x, ranks of the edges to x) for the common neighbors x of some vertices, ascending, until it is
    /// false.
    template <std::size_t Count, class Visit>
    void for_each_common(const std::array<std::int32_t, Count>& vertices, Visit visit) const {
        std::array<std::span<const ranked_neighbor>, Count> lists;
        std::array<std::size_t, Count> at{};
        for (std::size_t i = 0; i < Count; ++i)
            lists[i] = neighbors_.of(vertices[i]);
        for (std::int32_t x = 0;; ++x) {
            for (std::size_t i = 0, agree = 0; agree < Count; i = i + 1 == Count ? 0 : i + 1) {
                while (at[i] < lists[i].size() && lists[i][at[i]].vertex < x)
                    ++at[i];
                if (at[i] == lists[i].size())
                    return;
                agree = lists[i][at[i]].vertex == x ? agree + 1 : 1;
                x = lists[i][at[i]].vertex;
            }
            std::array<std::int32_t, Count> ranks;
            for (std::size_t i = 0; i < Count; ++i)
                ranks[i] = lists[i][at[i]].rank;
            if (!visit(x, ranks))
                return;
        }
    }

    const ranked_edges& edges_;
    const ranked_neighbors& neighbors_; ///< sorted by vertex
    key n_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "flag_simplices.ipp"
#endif
