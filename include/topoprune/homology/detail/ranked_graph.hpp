// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../filtration/rips_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The edges of a graph one after another as they enter: by scale, ties by the points that set it, then by
/// ends. What follows speaks of an edge by its rank in this order alone, so no two edges enter together, and
/// a simplex enters with exactly one edge, its last. 16 bytes an edge.
class ranked_edges {
public:
    TOPOPRUNE_DECLARE explicit ranked_edges(const rips_graph& graph);

    [[nodiscard]] std::int32_t vertices() const { return static_cast<std::int32_t>(graph_.vertices); }
    [[nodiscard]] std::int32_t size() const { return static_cast<std::int32_t>(place_.size()); }
    [[nodiscard]] const complex_edge& ends(std::int32_t rank) const {
        return ends_[static_cast<std::size_t>(rank)];
    }
    /// Where the edge stands in the list of the graph.
    [[nodiscard]] std::int32_t place(std::int32_t rank) const {
        return place_[static_cast<std::size_t>(rank)];
    }
    [[nodiscard]] double scale(std::int32_t rank) const {
        return graph_.edge_scale[static_cast<std::size_t>(place(rank))];
    }

    /// The rank of the edge between two vertices, `never` if there is none. O(log of the degree).
    TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t between(std::int32_t u, std::int32_t v) const;
    static constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();

private:
    TOPOPRUNE_DECLARE static void check(const rips_graph& graph);

    const rips_graph& graph_;
    std::vector<std::int32_t> place_; ///< by rank
    std::vector<std::int32_t> rank_;  ///< by place
    std::vector<complex_edge> ends_;  ///< by rank
    std::vector<std::int32_t> first_; ///< place of the first edge that starts at a vertex
};

struct ranked_neighbor {
    std::int32_t vertex = 0;
    std::int32_t rank = 0; ///< of the edge to it
};

/// The neighbors of every vertex in the order in which they become such: those before a rank stand first. 16
/// bytes an edge.
class ranked_neighbors {
public:
    TOPOPRUNE_DECLARE explicit ranked_neighbors(const ranked_edges& edges);

    [[nodiscard]] std::span<const ranked_neighbor> of(std::int32_t v) const {
        const auto at = static_cast<std::size_t>(v);
        return std::span(list_).subspan(first_[at], first_[at + 1] - first_[at]);
    }

    /// Sorts the neighbors of each vertex by their numbers instead.
    TOPOPRUNE_DECLARE void sort_by_vertex();

private:
    std::vector<std::size_t> first_;
    std::vector<ranked_neighbor> list_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "ranked_graph.ipp"
#endif
