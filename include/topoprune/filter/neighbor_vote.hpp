// SPDX-License-Identifier: MIT
#pragma once

#include "../neighbors/adaptive_neighbors.hpp"
#include "filter.hpp"

#include <algorithm>
#include <vector>

namespace topoprune {

/// Drops the samples whose neighbors say another label (Wilson's edited nearest neighbors, 1972): of the k
/// nearest, some other label is more frequent than the sample's own. An equal vote passes. Needs no
/// classifier. Cost: the search, then O(n k log k). Memory: the graph.
template <class Search = adaptive_neighbors, class M = cosine>
struct neighbor_vote {
    static_assert(
        NeighborSearch<Search>,
        "neighbor_vote: search must model NeighborSearch: search(points, metric, k, execution) const");
    static_assert(Metric<M>, "neighbor_vote: metric must model Metric: prepare(points, execution), "
                             "to_distance and distance const");

    static constexpr std::string_view name = "neighbor vote";

    Search search{};
    M metric{};
    /// >= 1; held below the number of samples.
    std::int64_t k = 10;

    [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const {
        const std::int64_t n = data.samples();
        require(k >= 1, "neighbor_vote", "k", k, "at least 1");
        require(std::ssize(data.labels) == n, "neighbor_vote", "the number of labels", data.labels.size(),
                "the number of samples,", n);
        require_features(data, "neighbor_vote");
        filter_result result{std::vector<std::uint8_t>(static_cast<std::size_t>(n), 1),
                             "samples whose nearest neighbors vote for another label were filtered"};
        if (n < 2)
            return result;
        const neighbor_graph graph =
            search_neighbors(search, data.features, metric, std::min(k, n - 1), "neighbor_vote", where);
        std::vector<std::int64_t> votes;
        for (std::int64_t i = 0; i < n; ++i) {
            votes.clear();
            for (const std::int32_t j : graph.ids_of(i))
                votes.push_back(data.labels[static_cast<std::size_t>(j)]);
            std::sort(votes.begin(), votes.end());
            std::int64_t most = 0;
            for (auto begin = votes.begin(); begin != votes.end();) {
                const auto end = std::upper_bound(begin, votes.end(), *begin);
                most = std::max<std::int64_t>(most, end - begin);
                begin = end;
            }
            const auto at = static_cast<std::size_t>(i);
            result.passes[at] = std::count(votes.begin(), votes.end(), data.labels[at]) == most;
        }
        return result;
    }
};

static_assert(Filter<neighbor_vote<>>);

} // namespace topoprune
