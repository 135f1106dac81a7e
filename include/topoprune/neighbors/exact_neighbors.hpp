// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/candidate_lists.hpp"
#include "detail/exact_ranking.hpp"
#include "metric.hpp"
#include "neighbor_graph.hpp"
#include "neighbor_search.hpp"

#include <cstdint>
#include <vector>

namespace topoprune {

/// How exact_neighbors compares samples before it measures the best candidates. No choice changes a result.
enum class candidate_products {
    automatic, ///< int8 where that is faster, float32 otherwise
    float32,
    int8, ///< float32 on processors without AVX-512 VNNI and for more than 30,000 features
};

/// The exact k nearest neighbors of all samples by blocked matrix products.
///
/// 1. Metric::prepare turns the comparison of two samples into a dot product.
/// 2. Tiles of dot products are computed in float or in bytes, each pair of samples once, those that a random
///    partition puts near one another first, so that few that are far become candidates. A tile is scanned
///    against the thresholds of its rows and of its columns while it is still in the cache; the few survivors
///    enter the lists of both samples, which keep more than k candidates. Products of bytes are turned into
///    lower bounds of what they stand for (detail/byte_rows.hpp), so no candidate is lost to their rounding.
/// 3. The candidates are measured again in double and ordered by (distance, id).
/// 4. The rounding of the float products is bounded. A sample whose k-th neighbor is not proved to be nearer
///    than everything outside its list (many ties or duplicates, or features that bytes resolve badly) is
///    searched once more against all samples, in float, measuring everything within the bound. Samples that
///    are alike (equal, or all without a direction under cosine and correlation) are searched once, and
///    looked at k + 1 times at most.
///
/// So the result is exact, ties included, and does not depend on threads, tiles, the processor or the order
/// of the samples.
/// Time: n^2 d / 2 multiply-adds at the rate of the matrix product, which suits n up to about 10^5. Step 4
/// repeats the products for the open samples and measures every sample that may be tied with the k-th
/// neighbor: many duplicates and zero vectors cost no more than random samples, different samples that are
/// all at one distance from one another O(n d) each. Memory: 4 (d + 1) + 8 (k + 72) + 16 bytes a sample
/// beside the graph, 8 of them for the order of the samples and their places in it; d + 8 k + 170 more with
/// bytes; and half a megabyte a thread.
struct exact_neighbors {
    candidate_products products = candidate_products::automatic;

    /// points: n x d, row-major. k: neighbors of each sample, itself not counted, 1 <= k < n.
    template <Metric M>
    [[nodiscard]] neighbor_graph search(matrix_view<const float> points, const M& metric, std::int64_t k,
                                        const execution& where) const {
        require_searchable(points, k, "exact_neighbors");
        const std::int64_t n = points.rows();
        product_form form = prepare_points(metric, points, "exact_neighbors", where);
        const std::vector<std::int32_t> order = order_of(form, where);
        detail::candidate_lists candidates = offer_all(form, order, k, where);

        neighbor_graph graph = make_neighbor_graph(n, k);
        const auto open = detail::rank_candidates(points, metric, form, order, candidates, graph, where);
        detail::settle_open_samples(points, metric, form, open, graph, where);
        return graph;
    }

private:
    /// Candidates beyond k: more leave fewer samples open and cost more insertions. They change no result.
    static constexpr std::int64_t float_spares = 8;
    static constexpr std::int64_t byte_spares = 24;
    /// Below, few candidates are superseded in any order.
    static constexpr std::int64_t least_ordered_samples = 1024;
    static constexpr std::uint64_t stream = 0x6578616374; // "exact"
    /// Below, the scan of a tile takes as long as its products, and bytes gain nothing.
    static constexpr std::int64_t least_byte_samples = 2048;
    static constexpr std::int64_t least_byte_features = 128;

    /// Samples in the order of a random partition, near ones near one another.
    TOPOPRUNE_DECLARE [[nodiscard]] static std::vector<std::int32_t> order_of(const product_form& form,
                                                                              const execution& where);

    /// Candidates by place in the order.
    TOPOPRUNE_DECLARE [[nodiscard]] detail::candidate_lists offer_all(product_form& form,
                                                                      const std::vector<std::int32_t>& order,
                                                                      std::int64_t k,
                                                                      const execution& where) const;

    TOPOPRUNE_DECLARE [[nodiscard]] bool may_compare_bytes(std::int64_t n, std::int64_t d) const;
};

static_assert(NeighborSearch<exact_neighbors>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "exact_neighbors.ipp"
#endif
