// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/euclidean_rows.hpp"
#include "detail/exact_ranking.hpp"
#include "detail/tied_neighbors.hpp"
#include "exact_neighbors.hpp"
#include "metric.hpp"
#include "neighbor_graph.hpp"
#include "neighbor_search.hpp"

#include <nanoflann.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune {

/// The exact k nearest neighbors of all samples from a k-d tree (nanoflann), for few features: far the
/// fastest search in 2 or 3 dimensions, good up to about 10 of them; beyond, a tree visits most samples and
/// exact_neighbors is faster.
///
/// The rows of Metric::prepare are points of a Euclidean space, after adding a coordinate where the metric
/// needs one (detail/euclidean_rows.hpp). The tree offers them nearest first; each is measured in double and
/// the search goes on until nothing left can be as near as the k-th. So the result is that of
/// exact_neighbors to the last bit, ties and duplicates included.
/// Time: n log n to build, by one thread; log n + k a query for points of a plane. Samples that are
/// alike are searched once; who is tied with all (zero vectors under cosine) measures all, O(n d).
/// Memory: 4 (d + 6) bytes a sample beside the graph.
struct kd_tree_neighbors {
    /// Samples at which the tree stops dividing, at least 1. Fewer: a deeper tree and fewer comparisons. It
    /// changes no result.
    std::int64_t leaf_size = 10;

    /// points: n x d, row-major. k: neighbors of each sample, itself not counted, 1 <= k < n.
    template <Metric M>
    [[nodiscard]] neighbor_graph search(matrix_view<const float> points, const M& metric, std::int64_t k,
                                        const execution& where) const {
        require(leaf_size >= 1, "kd_tree_neighbors", "leaf_size", leaf_size, "at least 1");
        require_searchable(points, k, "kd_tree_neighbors");
        if (points.columns() == 0) // nothing to divide
            return exact_neighbors{}.search(points, metric, k, where);
        const detail::duplicate_groups groups = detail::alike_samples(points, metric);
        const detail::euclidean_rows rows =
            detail::embed_rows(prepare_points(metric, points, "kd_tree_neighbors", where), where);
        if (rows.points.cols() == 2)
            return search_in<2>(points, metric, rows, groups, k, where);
        if (rows.points.cols() == 3)
            return search_in<3>(points, metric, rows, groups, k, where);
        return search_in<-1>(points, metric, rows, groups, k, where);
    }

private:
    /// One point for each group of duplicates, as nanoflann reads them.
    struct cloud {
        const detail::euclidean_rows& rows;
        const detail::duplicate_groups& groups;

        [[nodiscard]] std::size_t kdtree_get_point_count() const { return groups.count(); }
        [[nodiscard]] double kdtree_get_pt(std::size_t group, std::size_t coordinate) const {
            return static_cast<double>(
                rows.points(groups.first(group), static_cast<Eigen::Index>(coordinate)));
        }
        template <class Box>
        bool kdtree_get_bbox(Box&) const {
            return false;
        }
    };

    /// Dimension: known to the compiler, or -1.
    template <int Dimension, Metric M>
    neighbor_graph search_in(matrix_view<const float> points, const M& metric,
                             const detail::euclidean_rows& rows, const detail::duplicate_groups& groups,
                             std::int64_t k, const execution& where) const {
        const std::int64_t n = points.rows();
        where.report_progress("neighbors", 0, 1);
        const cloud source{rows, groups};
        using tree_type = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, cloud>,
                                                              cloud, Dimension, std::uint32_t>;
        tree_type tree(static_cast<std::int32_t>(rows.points.cols()), source,
                       nanoflann::KDTreeSingleIndexAdaptorParams(static_cast<std::size_t>(leaf_size)));
        tree.buildIndex();

        neighbor_graph graph = make_neighbor_graph(n, k);
        where.parallel_ranges(
            static_cast<std::int64_t>(groups.count()), 256, [&](std::int64_t begin, std::int64_t end) {
                where.check_interruption();
                detail::tied_neighbors nearest(points, metric, rows, groups, k + 1);
                std::vector<double> query;
                for (std::int64_t group = begin; group < end; ++group) {
                    const std::int64_t first = groups.first(static_cast<std::size_t>(group));
                    rows.write_query(first, query);
                    nearest.begin(first);
                    tree.radiusSearchCustomCallback(query.data(), nearest);
                    const std::vector<detail::neighbor> found = nearest.found();
                    for (const std::int32_t i : groups.members(static_cast<std::size_t>(group)))
                        detail::write_neighbors_of(graph, i, found);
                }
            });
        where.report_progress("neighbors", 1, 1);
        return graph;
    }
};

static_assert(NeighborSearch<kd_tree_neighbors>);

} // namespace topoprune
