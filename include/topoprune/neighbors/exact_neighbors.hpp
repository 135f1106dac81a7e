// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/candidate_lists.hpp"
#include "detail/exact_ranking.hpp"
#include "detail/product_tiles.hpp"
#include "metric.hpp"
#include "neighbor_graph.hpp"
#include "neighbor_search.hpp"

#include <algorithm>
#include <cstdint>

namespace topoprune {

/// The exact k nearest neighbors of all samples by blocked matrix products.
///
/// 1. Metric::prepare turns the comparison of two samples into a dot product.
/// 2. Tiles of dot products are computed in float, each pair of samples once. A tile is scanned against the
///    thresholds of its rows and of its columns while it is still in the cache; the few survivors enter the
///    sorted lists of both samples, which keep a few more than k candidates.
/// 3. The candidates are measured again in double and ordered by (distance, id).
/// 4. The rounding of the float products is bounded. A sample whose k-th neighbor is not proved to be nearer
///    than everything outside its list (many ties or duplicates) is searched once more against all samples,
///    this time measuring everything within the bound.
///
/// So the result is exact, ties included, and does not depend on threads, tiles or the order of the samples.
/// Time: n^2 d / 2 multiply-adds at the rate of the matrix product, which suits n up to about 10^5. Step 4
/// repeats the products for the open samples and measures every sample that may be tied with the k-th
/// neighbor: O(n d) for a zero vector under cosine, which is tied with all.
/// Memory: 4 (d + 1) + 8 (k + 8) + 4 bytes a sample beside the graph, and half a megabyte a thread.
struct exact_neighbors {
    /// points: n x d, row-major. k: neighbors of each sample, itself not counted, 1 <= k < n.
    template <Metric M>
    [[nodiscard]] neighbor_graph search(matrix_view<const float> points, const M& metric, std::int64_t k,
                                        const execution& where) const {
        require_searchable(points, k, "exact_neighbors");
        const std::int64_t n = points.rows();
        const product_form form = metric.prepare(points, where);
        detail::candidate_lists candidates(n, std::min(n - 1, k + spare_candidates));
        detail::offer_all_pairs(form, candidates, where);

        neighbor_graph graph{.samples = n,
                             .k = k,
                             .ids = std::vector<std::int32_t>(static_cast<std::size_t>(n * k)),
                             .distances = std::vector<float>(static_cast<std::size_t>(n * k))};
        const auto open = detail::rank_candidates(points, metric, form, candidates, graph, where);
        detail::settle_open_samples(points, metric, form, candidates, open, graph, where);
        return graph;
    }

private:
    /// Candidates beyond k: more leave fewer samples open and cost more insertions. They change no result.
    static constexpr std::int64_t spare_candidates = 8;
};

static_assert(NeighborSearch<exact_neighbors>);

} // namespace topoprune
