// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/exact_ranking.hpp"
#include "detail/link_lists.hpp"
#include "exact_neighbors.hpp"
#include "metric.hpp"
#include "neighbor_graph.hpp"
#include "neighbor_search.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace topoprune {

/// Approximate k nearest neighbors of many samples: random partitions, then nearest-neighbor descent (Dong,
/// Moses, Li 2011: "a neighbor of a neighbor is also likely to be a neighbor").
///
/// 1. Metric::prepare turns the comparison of two samples into a dot product.
/// 2. Each tree cuts the samples in halves along random directions, down to leaves. All pairs within a leaf
///    are compared by matrix products. The rows are then kept in the order of the first tree, so that samples
///    that are near are near in memory, too.
/// 3. In each round, every sample is compared with those two links away, if one of the links is new since the
///    last round. A link joins two samples of which one lists the other.
/// 4. The lists, a few longer than k, are measured in double and ordered by (distance, id).
///
/// Every row holds k neighbors with true distances; some of the nearest may be missing. On clustered data of
/// 64 to 784 features with k near 15 the defaults find 98 % of them or more; on data without structure, of
/// high intrinsic dimension, fewer. Few samples, up to two leaves, are searched exactly.
/// Time: n trees d leaf_size multiply-adds at the rate of the matrix product, and rounds n times some 10^2
/// comparisons. Memory: 4 d + 16 (k + 5) + 4 links + 24 bytes a sample before the graph is made, less beside
/// it; for each thread a bit a sample, and a leaf.
struct nn_descent {
    /// Random partitions, at least 1; 8 up to 60,000 samples and 7 more for every doubling if unset. More:
    /// higher recall, in time proportional.
    std::optional<std::int64_t> trees{};
    /// Most samples in a leaf, at least 2; at least 2 (k + 7) are used. Larger: higher recall, products in
    /// proportion. 512 of 64 features stay in the second-level cache.
    std::int64_t leaf_size = 512;
    /// Most rounds of descent, at least 0. The first takes recall most of the way, the second much of the
    /// rest; later ones are cheap and change little. It ends by itself when nothing is new.
    std::int64_t rounds = 2;
    /// Links of a sample that take part in a round, the nearest ones, at least 1. More: higher recall, time
    /// nearly in proportion to its square.
    std::int64_t links = 40;

    /// points: n x d, row-major. k: neighbors of each sample, itself not counted, 1 <= k < n.
    template <Metric M>
    [[nodiscard]] neighbor_graph search(matrix_view<const float> points, const M& metric, std::int64_t k,
                                        const execution& where) const {
        require(!trees || *trees >= 1, "nn_descent", "trees", trees.value_or(1), "at least 1");
        require(leaf_size >= 2, "nn_descent", "leaf_size", leaf_size, "at least 2");
        require(rounds >= 0, "nn_descent", "rounds", rounds, "at least 0");
        require(links >= 1, "nn_descent", "links", links, "at least 1");
        require_searchable(points, k, "nn_descent");
        const std::int64_t n = points.rows(), width = k + spare_neighbors;
        // A leaf of half the size still fills the list of each of its members.
        const std::int64_t leaf = std::max(leaf_size, 2 * (width + 2));
        if (n <= 2 * leaf)
            return exact_neighbors{}.search(points, metric, k, where);

        product_form form = prepare_points(metric, points, "nn_descent", where);
        detail::link_lists lists(n, width);
        const std::vector<std::int32_t> ids = compare_in_leaves(form, leaf, lists, where);
        descend(form, lists, where);
        return measured(points, metric, k, lists, ids, where);
    }

private:
    static constexpr std::uint64_t stream = 0x6e6e646573636e74;
    /// Kept beyond k: they make more links to descend along.
    static constexpr std::int64_t spare_neighbors = 5;

    [[nodiscard]] std::int64_t trees_for(std::int64_t samples) const {
        const double doublings = std::log2(static_cast<double>(samples) / 60'000.0);
        return trees.value_or(8 + std::llround(7.0 * std::max(doublings, 0.0)));
    }

    /// Fills the lists and reorders the form. Returns the id of each of its rows; lists speak of rows.
    TOPOPRUNE_DECLARE std::vector<std::int32_t> compare_in_leaves(product_form& form, std::int64_t leaf,
                                                                  detail::link_lists& lists,
                                                                  const execution& where) const;

    TOPOPRUNE_DECLARE void descend(const product_form& form, detail::link_lists& lists,
                                   const execution& where) const;

    template <Metric M>
    [[nodiscard]] static neighbor_graph
    measured(matrix_view<const float> points, const M& metric, std::int64_t k,
             const detail::link_lists& lists, const std::vector<std::int32_t>& ids, const execution& where) {
        const std::int64_t n = points.rows();
        neighbor_graph graph = make_neighbor_graph(n, k);
        where.parallel_ranges(n, 256, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            std::vector<detail::neighbor> found;
            for (std::int64_t row = begin; row < end; ++row) {
                const std::int64_t sample = ids[static_cast<std::size_t>(row)];
                found.clear();
                for (const std::int32_t entry : lists.entries_of(row)) {
                    const auto other = static_cast<std::size_t>(detail::link_lists::id_of(entry));
                    found.push_back(detail::measure(points, metric, sample, ids[other]));
                }
                std::sort(found.begin(), found.end());
                detail::write_neighbors(graph, sample, found);
            }
        });
        return graph;
    }
};

static_assert(NeighborSearch<nn_descent>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "nn_descent.ipp"
#endif
