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
template <NeighborSearch Search = adaptive_neighbors, Metric M = cosine>
struct knn_shapley {
    static constexpr high_end high = high_end::valuable;

    Search search{};
    M metric{};
    /// Votes, >= 1.
    std::int64_t k = 10;
    /// Neighbors that are paid, >= k; k if unset. Both are held below the number of samples.
    std::optional<std::int64_t> neighbors{};

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const {
        const std::int64_t n = data.samples();
        require(k >= 1, "knn_shapley", "k", k, "at least 1");
        require(!neighbors || *neighbors >= k, "knn_shapley", "neighbors", neighbors.value_or(0),
                "at least k,", k);
        require(std::ssize(data.labels) == n, "knn_shapley", "the number of labels", data.labels.size(),
                "the number of samples,", n);
        require_features(data, "knn_shapley");
        std::vector<double> column(static_cast<std::size_t>(n), 0.0);
        if (n >= 2) {
            const neighbor_graph graph =
                search.search(data.features, metric, std::min(neighbors.value_or(k), n - 1), where);
            add_worth(graph, data.labels, column);
        }
        for (double& value : column)
            value = 0.5 * (value / static_cast<double>(n) + 1);
        return column;
    }

private:
    void add_worth(const neighbor_graph& graph, std::span<const std::int64_t> labels,
                   std::vector<double>& column) const {
        const auto votes = static_cast<double>(std::min(k, graph.samples - 1));
        for (std::int64_t i = 0; i < graph.samples; ++i) {
            const auto ids = graph.ids_of(i);
            const auto agrees = [&](std::size_t j) {
                return labels[static_cast<std::size_t>(ids[j])] == labels[static_cast<std::size_t>(i)] ? 1.0
                                                                                                       : 0.0;
            };
            double worth = 0;
            for (std::size_t j = ids.size(); j-- > 0;) {
                const auto place = static_cast<double>(j + 1);
                worth = j + 1 == ids.size()
                            ? agrees(j) / std::max(place, votes)
                            : worth + (agrees(j) - agrees(j + 1)) / votes * std::min(votes, place) / place;
                column[static_cast<std::size_t>(ids[j])] += worth;
            }
        }
    }
};

static_assert(DatasetScore<knn_shapley<>>);

} // namespace topoprune
