// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/neighbors/neighbor_search.hpp>

#include <algorithm>
#include <utility>
#include <vector>

/// The neighbors by their definition: quick to compile, for tests of what is built on a search.
struct all_pairs_search {
    template <topoprune::Metric M>
    [[nodiscard]] topoprune::neighbor_graph search(topoprune::matrix_view<const float> points,
                                                   const M& metric, std::int64_t k,
                                                   const topoprune::execution&) const {
        topoprune::require_searchable(points, k, "all_pairs_search");
        topoprune::neighbor_graph graph = topoprune::make_neighbor_graph(points.rows(), k);
        for (std::int64_t i = 0; i < points.rows(); ++i) {
            std::vector<std::pair<float, std::int32_t>> others;
            for (std::int64_t j = 0; j < points.rows(); ++j)
                if (j != i)
                    others.emplace_back(static_cast<float>(metric.distance(points.row(i), points.row(j))),
                                        static_cast<std::int32_t>(j));
            std::sort(others.begin(), others.end());
            for (std::int64_t e = 0; e < k; ++e) {
                graph.distances[static_cast<std::size_t>(i * k + e)] =
                    others[static_cast<std::size_t>(e)].first;
                graph.ids[static_cast<std::size_t>(i * k + e)] = others[static_cast<std::size_t>(e)].second;
            }
        }
        return graph;
    }
};

static_assert(topoprune::NeighborSearch<all_pairs_search>);
