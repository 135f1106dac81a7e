// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../filtration/rips_graph.hpp"
#include "swept_forest.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The edges of a graph one after another as they enter: by scale, ties by the points that set it, then by
/// ends. What follows speaks of an edge by its rank in this order alone, so no two edges enter together, and
/// a simplex enters with exactly one edge, its last. 16 bytes an edge.
class ranked_edges {
public:
    explicit ranked_edges(const rips_graph& graph) : graph_(graph) {
        require(std::ssize(graph.edge_scale) == std::ssize(graph.edges), "persistence_barcode",
                "the number of edge scales", graph.edge_scale.size(), "that of edges,", graph.edges.size());
        require(graph.edges.size() < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()),
                "persistence_barcode", "the number of edges", graph.edges.size(), "below 2^31 - 1");
        check(graph);
        const auto key = [&](std::int32_t e) {
            const complex_edge& pair = graph.points_of(e);
            return std::tuple(graph.edge_scale[static_cast<std::size_t>(e)], pair.u, pair.v);
        };
        place_ =
            sorted_ids(graph.edges.size(), [&](std::int32_t a, std::int32_t b) { return key(a) < key(b); });
        ends_.reserve(place_.size());
        rank_.resize(place_.size());
        first_.assign(static_cast<std::size_t>(graph.vertices) + 1, 0);
        for (std::size_t rank = 0; rank < place_.size(); ++rank) {
            ends_.push_back(graph.edges[static_cast<std::size_t>(place_[rank])]);
            rank_[static_cast<std::size_t>(place_[rank])] = static_cast<std::int32_t>(rank);
            ++first_[static_cast<std::size_t>(ends_.back().u) + 1];
        }
        for (std::size_t v = 1; v < first_.size(); ++v)
            first_[v] += first_[v - 1];
    }

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
    [[nodiscard]] std::int32_t between(std::int32_t u, std::int32_t v) const {
        if (v < u)
            std::swap(u, v);
        const auto begin = graph_.edges.begin() + first_[static_cast<std::size_t>(u)];
        const auto end = graph_.edges.begin() + first_[static_cast<std::size_t>(u) + 1];
        const auto found =
            std::lower_bound(begin, end, v, [](const complex_edge& e, std::int32_t w) { return e.v < w; });
        if (found == end || found->v != v)
            return never;
        return rank_[static_cast<std::size_t>(found - graph_.edges.begin())];
    }
    static constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();

private:
    static void check(const rips_graph& graph) {
        for (const double scale : graph.edge_scale)
            require(!std::isnan(scale), "persistence_barcode", "a scale", scale, "a number");
        for (std::size_t e = 0; e < graph.edges.size(); ++e) {
            const auto [u, v] = graph.edges[e];
            require(0 <= u && u < v && v < graph.vertices &&
                        (e == 0 || std::pair(graph.edges[e - 1].u, graph.edges[e - 1].v) < std::pair(u, v)),
                    "persistence_barcode", "an edge", v, "two of the vertices, u < v, sorted; after", u);
        }
    }

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
    explicit ranked_neighbors(const ranked_edges& edges)
        : first_(static_cast<std::size_t>(edges.vertices()) + 1, 0),
          list_(2 * static_cast<std::size_t>(edges.size())) {
        for (std::int32_t rank = 0; rank < edges.size(); ++rank)
            for (const std::int32_t v : {edges.ends(rank).u, edges.ends(rank).v})
                ++first_[static_cast<std::size_t>(v) + 1];
        for (std::size_t v = 1; v < first_.size(); ++v)
            first_[v] += first_[v - 1];
        std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
        for (std::int32_t rank = 0; rank < edges.size(); ++rank) {
            const auto [u, v] = edges.ends(rank);
            list_[next[static_cast<std::size_t>(u)]++] = {v, rank};
            list_[next[static_cast<std::size_t>(v)]++] = {u, rank};
        }
    }

    [[nodiscard]] std::span<const ranked_neighbor> of(std::int32_t v) const {
        const auto at = static_cast<std::size_t>(v);
        return std::span(list_).subspan(first_[at], first_[at + 1] - first_[at]);
    }

    /// Sorts the neighbors of each vertex by their numbers instead.
    void sort_by_vertex() {
        for (std::size_t v = 0; v + 1 < first_.size(); ++v)
            std::sort(list_.begin() + static_cast<std::ptrdiff_t>(first_[v]),
                      list_.begin() + static_cast<std::ptrdiff_t>(first_[v + 1]),
                      [](const ranked_neighbor& a, const ranked_neighbor& b) { return a.vertex < b.vertex; });
    }

private:
    std::vector<std::size_t> first_;
    std::vector<ranked_neighbor> list_;
};

} // namespace topoprune::detail
