// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/all_pairs.hpp"
#include "detail/byte_pilot.hpp"
#include "detail/byte_rows.hpp"
#include "detail/candidate_lists.hpp"
#include "detail/exact_ranking.hpp"
#include "detail/local_frames.hpp"
#include "detail/pilot_samples.hpp"
#include "metric.hpp"
#include "neighbor_graph.hpp"
#include "neighbor_search.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
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
///    From 1,024 samples on, 64 of them are compared with all beforehand: they tell whether bytes suffice,
///    how many candidates rounding and ties ask for, and whether float tells the samples apart. Where it does
///    not (tight clusters, scales that differ much, one huge outlier, directions that differ little), tiles
///    are computed in frames of their own, around the samples compared (detail/local_frames.hpp), if the
///    metric GivesUnroundedRows.
/// 3. The candidates are measured again in double and ordered by (distance, id).
/// 4. The rounding of the float products is bounded. A sample whose k-th neighbor is not proved to be nearer
///    than everything outside its list (many ties or duplicates) is searched once more against all samples,
///    in float, measuring everything within the bound. Samples that are alike (equal, or all without a
///    direction under cosine and correlation) are searched once, and looked at k + 1 times at most.
///
/// So the result is exact, ties included, and does not depend on threads, tiles, the processor or the order
/// of the samples.
/// Time: n^2 d / 2 multiply-adds at the rate of the matrix product, which suits n up to about 10^5; with
/// local frames up to half as much again. Step 4 repeats the products for the open samples and measures every
/// sample that may be tied with the k-th neighbor: many duplicates and zero vectors cost no more than random
/// samples, different samples that are all at one distance from one another, or so near that double does not
/// tell them apart either (cosine of samples on one line through 0), O(n d) each. Memory: 4 (d + 1) + 8 (k +
/// 72) + 16 bytes a sample beside the graph, 8 of them for the order of the samples and their places in it,
/// 450 more where many tie; d + 8 k + 170 more with bytes; and half a megabyte a thread, 5 kB a feature
/// more with local frames. The comparison beforehand takes 256 bytes a sample, or 512, which are free again
/// before the lists are made.
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
        offered_candidates offered = offer_all(points, metric, form, order, k, where);

        neighbor_graph graph = make_neighbor_graph(n, k);
        const auto open =
            detail::rank_candidates(points, metric, form, order, offered.lists, offered.values, graph, where);
        detail::settle_open_samples(points, metric, form, open, graph, where);
        return graph;
    }

private:
    /// Candidates beyond k: more leave fewer samples open and cost more insertions. They change no result.
    static constexpr std::int64_t float_spares = 8;
    static constexpr std::int64_t byte_spares = 24;
    /// What ties and rounding may ask for at most; beyond, a second search costs less.
    static constexpr std::int64_t most_spares = 64;
    /// The share of open samples that pays for local frames.
    static constexpr double worth_framing = 0.1;
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
    struct offered_candidates {
        detail::candidate_lists lists;
        detail::candidate_values values = detail::candidate_values::raws;
    };

    /// Chooses the products by a pilot: bytes, float, or float in local frames.
    template <Metric M>
    [[nodiscard]] offered_candidates offer_all(matrix_view<const float> points, const M& metric,
                                               product_form& form, const std::vector<std::int32_t>& order,
                                               std::int64_t k, const execution& where) const {
        const std::int64_t n = points.rows();
        if (products == candidate_products::int8 && may_compare_bytes(n, points.columns()))
            return {.lists = offer_bytes(detail::quantize_rows(form, order, where), k, where)};
        detail::list_plan plan{.width = std::min(n - 1, k + float_spares)};
        if (n >= least_ordered_samples) {
            const std::int64_t most = std::min(n - 1, k + most_spares);
            const auto pilots = detail::compare_pilots(form, order, k, where);
            if (may_compare_bytes(n, points.columns())) {
                const detail::byte_rows rows = detail::quantize_rows(form, order, where);
                if (detail::bytes_resolve(pilots, rows, std::min(n - 1, 2 * k + byte_spares)))
                    return {.lists = offer_bytes(rows, k, where)};
            }
            plan = detail::plan_float_lists(pilots, form, order, plan.width, most);
        }
        if constexpr (GivesUnroundedRows<M>)
            if (plan.open > worth_framing && gives_unrounded_rows(metric) &&
                points.columns() <= detail::framed_products::most_coordinates) {
                const detail::unrounded_rows rows(points, metric, form, order, where);
                const detail::list_plan other = detail::plan_framed_lists(
                    detail::compare_pilots(rows, k, where), rows, std::min(n - 1, k + float_spares),
                    std::min(n - 1, k + most_spares));
                if (other.open + worth_framing < plan.open) {
                    detail::candidate_lists lists(n, other.width);
                    detail::offer_all_pairs(n, detail::framed_products(rows, where), lists, where);
                    const auto values = measures_differences(metric)
                                            ? detail::candidate_values::roots_of_differences
                                            : detail::candidate_values::roots;
                    return {.lists = std::move(lists), .values = values};
                }
            }
        return {.lists = offer_floats(form, order, plan.width, where)};
    }

    TOPOPRUNE_DECLARE [[nodiscard]] static detail::candidate_lists
    offer_bytes(const detail::byte_rows& rows, std::int64_t k, const execution& where);

    TOPOPRUNE_DECLARE [[nodiscard]] static detail::candidate_lists
    offer_floats(product_form& form, const std::vector<std::int32_t>& order, std::int64_t width,
                 const execution& where);

    TOPOPRUNE_DECLARE [[nodiscard]] bool may_compare_bytes(std::int64_t n, std::int64_t d) const;
};

static_assert(NeighborSearch<exact_neighbors>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "exact_neighbors.ipp"
#endif
