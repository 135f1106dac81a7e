// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../neighbors/detail/euclidean_rows.hpp"
#include "../neighbors/detail/exact_ranking.hpp"
#include "../neighbors/metric.hpp"
#include "../neighbors/neighbor_graph.hpp"
#include "../neighbors/neighbor_search.hpp"

#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune {

/// Approximate neighbors from a hierarchical navigable small world graph (Malkov and Yashunin 2018) of the
/// library hnswlib, 0.6 to 0.8. For comparison, and for those who use it elsewhere: nn_descent is faster at
/// finding the neighbors of all samples at once.
///
/// The graph is built by one thread, in the order of the samples: with several, hnswlib gives another graph
/// at every run. Queries run in parallel. Neighbors are measured by Metric::distance.
/// Time: n ef_construction log n distances to build, n ef_search log n to search.
/// Memory: 8 (d + 1) + 8 links + 40 bytes a sample beside the graph.
struct hnswlib_neighbors {
    /// Links of a sample (M of hnswlib), at least 2; 16 to 64 for many features. More: higher recall, more
    /// time and memory.
    std::int64_t links = 16;
    /// Candidates held while a sample is inserted, at least 1. More: a better graph, built more slowly.
    std::int64_t ef_construction = 200;
    /// Candidates held by a query, at least 1; k + 1 if that is more. More: higher recall, slower queries.
    std::int64_t ef_search = 64;

    /// points: n x d, row-major. k: neighbors of each sample, itself not counted, 1 <= k < n.
    template <Metric Measure>
    [[nodiscard]] neighbor_graph search(matrix_view<const float> points, const Measure& metric,
                                        std::int64_t k, const execution& where) const {
        require(links >= 2 && links <= 10'000, "hnswlib_neighbors", "links", links, "between 2 and 10000");
        require(ef_construction >= 1, "hnswlib_neighbors", "ef_construction", ef_construction, "at least 1");
        require(ef_search >= 1, "hnswlib_neighbors", "ef_search", ef_search, "at least 1");
        require_searchable(points, k, "hnswlib_neighbors");
        const std::int64_t n = points.rows();
        const detail::euclidean_rows rows =
            detail::embed_rows(prepare_points(metric, points, "hnswlib_neighbors", where), where);
        hnswlib::L2Space space(static_cast<std::size_t>(rows.points.cols()));
        hnswlib::HierarchicalNSW<float> index(
            &space, static_cast<std::size_t>(n), static_cast<std::size_t>(links),
            static_cast<std::size_t>(ef_construction), static_cast<std::size_t>(where.seed()));
        for (std::int64_t i = 0; i < n; ++i) {
            if (i % 1024 == 0)
                where.report_progress("neighbors", i, n);
            index.addPoint(rows.points.row(i).data(), static_cast<hnswlib::labeltype>(i));
        }
        index.setEf(static_cast<std::size_t>(std::max(ef_search, k + 1)));

        neighbor_graph graph = make_neighbor_graph(n, k);
        where.parallel_ranges(n, 256, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            std::vector<float> query;
            std::vector<detail::neighbor> found;
            for (std::int64_t i = begin; i < end; ++i) {
                rows.write_query(i, query);
                found.clear();
                for (auto near = index.searchKnn(query.data(), static_cast<std::size_t>(k + 1));
                     !near.empty(); near.pop())
                    if (static_cast<std::int64_t>(near.top().second) != i)
                        found.push_back(
                            detail::measure(points, metric, i, static_cast<std::int64_t>(near.top().second)));
                complete(points, metric, i, k, found);
                std::sort(found.begin(), found.end());
                detail::write_neighbors(graph, i, found);
            }
        });
        where.report_progress("neighbors", n, n);
        return graph;
    }

private:
    /// Many duplicates cut hnswlib's graph into pieces, and a query may end with fewer than k. The samples of
    /// lowest id fill the row.
    template <Metric Measure>
    static void complete(matrix_view<const float> points, const Measure& metric, std::int64_t sample,
                         std::int64_t k, std::vector<detail::neighbor>& found) {
        for (std::int64_t j = 0; static_cast<std::int64_t>(found.size()) < k; ++j)
            if (j != sample && std::none_of(found.begin(), found.end(),
                                            [&](const detail::neighbor& other) { return other.id == j; }))
                found.push_back(detail::measure(points, metric, sample, j));
    }
};

static_assert(NeighborSearch<hnswlib_neighbors>);

} // namespace topoprune
