// SPDX-License-Identifier: MIT
#pragma once

#include "../neighbors/adaptive_neighbors.hpp"
#include "dataset_score.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace topoprune {

/// What a sample is worth to a k-nearest-neighbor vote (Jia et al. 2019; cleanlab's data valuation): every
/// sample asks the others for its label, and the share of right votes is divided among them by Shapley's
/// rule. Along the neighbors 1, ..., M of a sample with label y, nearest first,
///     s_M = [y_M = y] / max(M, k),
///     s_j = s_{j+1} + ([y_j = y] - [y_{j+1} = y]) / k * min(k, j) / j,
/// and a sample scores (mean over all samples of its s + 1) / 2, in [0, 1]; 1/2 is worth nothing. High:
/// valuable; below 1/2: it misleads its neighbors, as mislabeled samples do.
/// With M = n - 1 neighbors it is exact; the default M = k is what cleanlab computes.
/// Cost: the search, then O(n M). Memory: the graph.
template <class Search = adaptive_neighbors, class M = cosine>
struct knn_shapley {
    static_assert(
        NeighborSearch<Search>,
        "knn_shapley: search must model NeighborSearch: search(points, metric, k, execution) const");
    static_assert(
        Metric<M>,
        "knn_shapley: metric must model Metric: prepare(points, execution), to_distance and distance const");

    static constexpr high_end high = high_end::valuable;

    Search search{};
    M metric{};
    /// Votes, >= 1.
    std::int64_t k = 10;
    /// Neighbors that are paid, >= k; k if unset. Both are held below the number of samples.
    std::optional<std::int64_t> neighbors{};

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const;

private:
    void add_worth(const neighbor_graph& graph, std::span<const std::int64_t> labels,
                   std::vector<double>& column) const;
};

static_assert(DatasetScore<knn_shapley<>>);

} // namespace topoprune

#include "knn_shapley.ipp"
