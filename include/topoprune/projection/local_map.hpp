// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../neighbors/adaptive_neighbors.hpp"
#include "../neighbors/metric.hpp"
#include "../neighbors/neighbor_search.hpp"
#include "detail/shared/finished.hpp"
#include "pacmap.hpp"
#include "projection.hpp"

namespace topoprune {

/// Local graph adjustment (LocalMAP; Wang, Sun, Huang, Rudin 2025, AAAI): pacmap with a last phase that
/// adjusts the pairs to the embedding, which separates clusters whose border is blurred by false neighbors.
///
/// 1. The attraction of a near pair is multiplied by (nearby_distance / 2) / sqrt(d), d = 1 + |y_i - y_j|^2:
///    neighbors that lie far apart in the embedding are likely false ones and let go of each other.
/// 2. Every 10 iterations each further partner is replaced by one drawn within nearby_distance in the
///    embedding, so that repulsion works between clusters that touch. It stays if 100 draws find none.
///
/// Time: that of pacmap, its layout taking three times as long for the draws. Memory: that of pacmap, and 300
/// bytes a sample.
template <class M = euclidean, class S = adaptive_neighbors>
struct local_map {
    static_assert(Metric<M>, "local_map: its metric must model Metric: prepare(points, execution), "
                             "to_distance and distance const");
    static_assert(
        NeighborSearch<S>,
        "local_map: its search must model NeighborSearch: search(points, metric, k, execution) const");

    /// Everything it has in common with PaCMAP: `local_map{.base = {.n_neighbors = 15}}`.
    pacmap<M, S> base{};
    /// The distance up to which clusters in the embedding count as adjacent, in (0, 10^6] (low_dist_thres).
    /// More attracts more strongly and repels from farther away; 10 suits the scale of the embedding.
    double nearby_distance = 10.0;

    /// features: n x d, row-major, finite. Returns n x m.
    [[nodiscard]] embedding project(matrix_view<const float> features, const execution& where) const {
        return detail::finished(start(features, where), where);
    }

    /// The same from neighbors that are already known, as pacmap::place.
    [[nodiscard]] embedding place(matrix_view<const float> features, const neighbor_graph& neighbors,
                                  const execution& where) const {
        return detail::finished(start(features, neighbors, where), where);
    }

    /// The layout before its first iteration.
    [[nodiscard]] pacmap_run start(matrix_view<const float> features, const execution& where) const {
        check_options();
        return base.start_adjusted(features, nullptr, nearby_distance, where);
    }
    [[nodiscard]] pacmap_run start(matrix_view<const float> features, const neighbor_graph& neighbors,
                                   const execution& where) const {
        check_options();
        return base.start_adjusted(features, &neighbors, nearby_distance, where);
    }

private:
    void check_options() const {
        require(nearby_distance > 0 && nearby_distance <= 1e6, "local_map", "nearby_distance",
                nearby_distance, "positive and at most 10^6");
    }
};

static_assert(Projection<local_map<>>);

} // namespace topoprune
