// SPDX-License-Identifier: MIT
#pragma once

#include "../neighbors/adaptive_neighbors.hpp"
#include "detail/preferred_order.hpp"
#include "exact_duplicates.hpp"
#include "filter.hpp"

#include <algorithm>
#include <vector>

namespace topoprune {

/// Keeps one of the samples that lie close together: in the order of preference, a sample is kept unless it
/// is within `distance` of one that is kept already. Every dropped sample has a kept one that near. Exact
/// duplicates are found whatever their number; of others only the k nearest of either sample are looked at,
/// so that of more than k in one place some may stay. Cost: the search, then O(n k). Memory: the graph.
template <class Search = adaptive_neighbors, class M = cosine>
struct near_duplicates {
    static_assert(
        NeighborSearch<Search>,
        "near_duplicates: search must model NeighborSearch: search(points, metric, k, execution) const");
    static_assert(Metric<M>, "near_duplicates: metric must model Metric: prepare(points, execution), "
                             "to_distance and distance const");

    static constexpr std::string_view name = "near duplicates";

    Search search{};
    M metric{};
    /// In the unit of the metric, >= 0.
    double distance = 0.01;
    /// >= 1; held below the number of samples.
    std::int64_t k = 16;
    /// As in exact_duplicates.
    std::vector<double> preference{};
    bool of_same_label = true;

    [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const {
        require(distance >= 0, "near_duplicates", "distance", distance, "at least 0");
        require(k >= 1, "near_duplicates", "k", k, "at least 1");
        filter_result result =
            exact_duplicates{.preference = preference, .of_same_label = of_same_label}.apply(data, where);
        result.note =
            "of samples with features within " + std::to_string(distance) + " of each other one was kept";
        std::vector<std::int64_t> rows;
        std::vector<std::int32_t> place(result.passes.size(), -1);
        for (std::size_t i = 0; i < result.passes.size(); ++i)
            if (result.passes[i] != 0) {
                place[i] = static_cast<std::int32_t>(rows.size());
                rows.push_back(static_cast<std::int64_t>(i));
            }
        if (rows.size() < 2)
            return result;
        const matrix<float> different =
            gather_rows<float>(data.features, std::span<const std::int64_t>(rows));
        const neighbor_graph graph =
            search_neighbors(search, matrix_view<const float>(different), metric,
                             std::min<std::int64_t>(k, std::ssize(rows) - 1), "near_duplicates", where);
        std::vector<std::vector<std::int32_t>> near(rows.size());
        for (std::int64_t a = 0; a < graph.samples; ++a)
            for (std::size_t e = 0; e < static_cast<std::size_t>(graph.k); ++e)
                if (static_cast<double>(graph.distances_of(a)[e]) <= distance) {
                    near[static_cast<std::size_t>(a)].push_back(graph.ids_of(a)[e]);
                    near[static_cast<std::size_t>(graph.ids_of(a)[e])].push_back(
                        static_cast<std::int32_t>(a));
                }
        const auto label = [&](std::size_t a) {
            return of_same_label && !data.labels.empty() ? data.labels[static_cast<std::size_t>(rows[a])] : 0;
        };
        std::vector<std::uint8_t> kept(rows.size(), 0);
        for (const std::int32_t i : detail::preferred_order(data.samples(), preference, "near_duplicates")) {
            if (place[static_cast<std::size_t>(i)] < 0)
                continue;
            const auto a = static_cast<std::size_t>(place[static_cast<std::size_t>(i)]);
            kept[a] = std::none_of(near[a].begin(), near[a].end(), [&](std::int32_t b) {
                return kept[static_cast<std::size_t>(b)] != 0 &&
                       label(static_cast<std::size_t>(b)) == label(a);
            });
            result.passes[static_cast<std::size_t>(i)] = kept[a];
        }
        return result;
    }
};

static_assert(Filter<near_duplicates<>>);

} // namespace topoprune
