// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "metric.hpp"
#include "neighbor_graph.hpp"
#include "neighbor_search.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune {

/// Throws std::invalid_argument, naming the row, unless the arrays hold samples x k entries and each row
/// lists other samples, none twice, with finite distances that do not descend. Among equal distances any
/// order of ids is taken, for other tools order them otherwise. O(n k log k).
TOPOPRUNE_DECLARE void require_valid_graph(const neighbor_graph& graph, std::string_view function);

/// A graph from the arrays of another tool: ids and distances, n x columns, row-major. Where every row begins
/// with the sample itself (as in umap-learn), that column is dropped; it is the caller's graph of
/// columns - 1 neighbors. std::invalid_argument names the row that is no row of neighbors (ids out of range,
/// -1 for "none found", the sample itself in a later column, distances unsorted or not finite). O(n k log k).
template <std::integral Id>
[[nodiscard]] neighbor_graph neighbor_graph_from_arrays(std::int64_t samples, std::int64_t columns,
                                                        std::span<const Id> ids,
                                                        std::span<const float> distances) {
    constexpr std::string_view function = "neighbor_graph_from_arrays";
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    require(samples >= 0 && samples <= most, function, "number of samples", samples,
            "between 0 and 2^31 - 1");
    require(columns >= 0 && columns <= most, function, "number of columns", columns,
            "between 0 and 2^31 - 1");
    const auto entries = static_cast<std::size_t>(samples * columns);
    require(ids.size() == entries, function, "number of ids", ids.size(), "samples x columns,", entries);
    require(distances.size() == entries, function, "number of distances", distances.size(),
            "samples x columns,", entries);

    bool self_first = samples > 0 && columns > 0;
    for (std::int64_t i = 0; i < samples && self_first; ++i)
        self_first = std::cmp_equal(ids[static_cast<std::size_t>(i * columns)], i);
    const std::int64_t first = self_first ? 1 : 0;

    neighbor_graph graph{.samples = samples, .k = columns - first, .ids = {}, .distances = {}};
    graph.ids.reserve(static_cast<std::size_t>(samples * graph.k));
    graph.distances.reserve(graph.ids.capacity());
    for (std::int64_t i = 0; i < samples; ++i)
        for (std::int64_t c = first; c < columns; ++c) {
            const auto at = static_cast<std::size_t>(i * columns + c);
            // Out of the range of the graph's type is out of range anyway.
            graph.ids.push_back(std::in_range<std::int32_t>(ids[at]) ? static_cast<std::int32_t>(ids[at])
                                                                     : std::int32_t{-1});
            graph.distances.push_back(distances[at]);
        }
    require_valid_graph(graph, function);
    return graph;
}

/// Neighbors that were found elsewhere. Asked for k neighbors, it gives the first k columns of `graph`,
/// reordered by (distance, id) among equals; points and metric are taken to be those that it was made from.
/// std::invalid_argument if the graph is of another number of samples, holds fewer than k neighbors, or is
/// not valid (require_valid_graph). O(n k log k), no memory beside the result.
struct precomputed_neighbors {
    neighbor_graph graph{};

    /// points: n x d, row-major, n = graph.samples. k: 1 <= k <= graph.k.
    template <Metric M>
    [[nodiscard]] neighbor_graph search(matrix_view<const float> points, const M&, std::int64_t k,
                                        const execution& where) const {
        constexpr std::string_view function = "precomputed_neighbors";
        require(points.rows() == graph.samples, function, "number of points", points.rows(),
                "the number of samples of the graph,", graph.samples);
        require_searchable(points, k, function);
        require(k <= graph.k, function, "k", k, "at most the neighbors in the graph,", graph.k);
        require_valid_graph(graph, function);

        neighbor_graph result = make_neighbor_graph(graph.samples, k);
        where.parallel_ranges(graph.samples, 1024, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            std::vector<std::pair<float, std::int32_t>> row;
            for (std::int64_t i = begin; i < end; ++i) {
                row.clear();
                for (std::size_t c = 0; c < static_cast<std::size_t>(k); ++c)
                    row.emplace_back(graph.distances_of(i)[c], graph.ids_of(i)[c]);
                std::sort(row.begin(), row.end());
                for (std::size_t c = 0; c < row.size(); ++c) {
                    const auto at = static_cast<std::size_t>(i * k) + c;
                    result.distances[at] = row[c].first;
                    result.ids[at] = row[c].second;
                }
            }
        });
        return result;
    }
};

static_assert(NeighborSearch<precomputed_neighbors>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "precomputed_neighbors.ipp"
#endif
