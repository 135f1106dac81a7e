// SPDX-License-Identifier: MIT
#pragma once

#include "ranked_graph.hpp"

#include "../../core/checks.hpp"
#include "../../core/detail/entry_order.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace topoprune::detail {

TOPOPRUNE_DEFINE ranked_edges::ranked_edges(const rips_graph& graph) : graph_(graph) {
    require(std::ssize(graph.edge_scale) == std::ssize(graph.edges), "persistence_barcode",
            "the number of edge scales", graph.edge_scale.size(), "that of edges,", graph.edges.size());
    require(graph.edges.size() < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()),
            "persistence_barcode", "the number of edges", graph.edges.size(), "below 2^31 - 1");
    check(graph);
    const auto key = [&](std::int32_t e) {
        const complex_edge& pair = graph.points_of(e);
        return std::tuple(graph.edge_scale[static_cast<std::size_t>(e)], pair.u, pair.v);
    };
    place_ = sorted_ids(graph.edges.size(), [&](std::int32_t a, std::int32_t b) { return key(a) < key(b); });
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

TOPOPRUNE_DEFINE std::int32_t ranked_edges::between(std::int32_t u, std::int32_t v) const {
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

TOPOPRUNE_DEFINE void ranked_edges::check(const rips_graph& graph) {
    for (const double scale : graph.edge_scale)
        require(!std::isnan(scale), "persistence_barcode", "a scale", scale, "a number");
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
        const auto [u, v] = graph.edges[e];
        require(0 <= u && u < v && v < graph.vertices &&
                    (e == 0 || std::pair(graph.edges[e - 1].u, graph.edges[e - 1].v) < std::pair(u, v)),
                "persistence_barcode", "an edge", v, "two of the vertices, u < v, sorted; after", u);
    }
}

TOPOPRUNE_DEFINE ranked_neighbors::ranked_neighbors(const ranked_edges& edges)
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

TOPOPRUNE_DEFINE void ranked_neighbors::sort_by_vertex() {
    for (std::size_t v = 0; v + 1 < first_.size(); ++v)
        std::sort(list_.begin() + static_cast<std::ptrdiff_t>(first_[v]),
                  list_.begin() + static_cast<std::ptrdiff_t>(first_[v + 1]),
                  [](const ranked_neighbor& a, const ranked_neighbor& b) { return a.vertex < b.vertex; });
}

} // namespace topoprune::detail
