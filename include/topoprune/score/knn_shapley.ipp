// SPDX-License-Identifier: MIT
#pragma once

#include "knn_shapley.hpp"

namespace topoprune {

template <class Search, class M>
std::vector<double> knn_shapley<Search, M>::column(const dataset& data, const execution& where) const {
    const std::int64_t n = data.samples();
    require(k >= 1, "knn_shapley", "k", k, "at least 1");
    require(!neighbors || *neighbors >= k, "knn_shapley", "neighbors", neighbors.value_or(0), "at least k,",
            k);
    require(std::ssize(data.labels) == n, "knn_shapley", "the number of labels", data.labels.size(),
            "the number of samples,", n);
    require_features(data, "knn_shapley");
    std::vector<double> column(static_cast<std::size_t>(n), 0.0);
    if (n >= 2) {
        const neighbor_graph graph = search_neighbors(
            search, data.features, metric, std::min(neighbors.value_or(k), n - 1), "knn_shapley", where);
        add_worth(graph, data.labels, column);
    }
    for (double& value : column)
        value = 0.5 * (value / static_cast<double>(n) + 1);
    return column;
}

template <class Search, class M>
void knn_shapley<Search, M>::add_worth(const neighbor_graph& graph, std::span<const std::int64_t> labels,
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

} // namespace topoprune
