// SPDX-License-Identifier: MIT
#pragma once

#include "../neighbors/adaptive_neighbors.hpp"
#include "detail/preferred_order.hpp"
#include "exact_duplicates.hpp"
#include "filter.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

/// Keeps one of the samples that lie close together: in the order of preference, a sample is kept unless it
/// is within `distance` of one that is kept already. Every dropped sample has a kept one that near. Exact
/// duplicates are found whatever their number; of others only the k nearest of either sample are looked at,
/// so that of more than k in one place some may stay, and some under another label go uncounted. Cost: the
/// search, then O(n k). Memory: the graph.
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
    duplicates_across_labels across_labels = duplicates_across_labels::keep_all;

    [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const {
        require(distance >= 0, "near_duplicates", "distance", distance, "at least 0");
        require(k >= 1, "near_duplicates", "k", k, "at least 1");
        exact_duplicates::verdict found =
            exact_duplicates{.preference = preference, .across_labels = across_labels}.judge(
                data, "near_duplicates");
        drop_near(data, found, where);
        std::string note =
            detail::note_of_duplicates("with features within " + std::to_string(distance) + " of each other",
                                       found.passes, found.conflicting, across_labels);
        return {std::move(found.passes), std::move(note)};
    }

private:
    /// Of what passes so far.
    void drop_near(const dataset& data, exact_duplicates::verdict& result, const execution& where) const {
        std::vector<std::int64_t> rows;
        std::vector<std::int32_t> place(result.passes.size(), -1);
        for (std::size_t i = 0; i < result.passes.size(); ++i)
            if (result.passes[i] != 0) {
                place[i] = static_cast<std::int32_t>(rows.size());
                rows.push_back(static_cast<std::int64_t>(i));
            }
        if (rows.size() < 2)
            return;
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
            return data.labels.empty() ? 0 : data.labels[static_cast<std::size_t>(rows[a])];
        };
        std::vector<std::uint8_t> kept(rows.size(), 0), conflicts(rows.size(), 0);
        for (std::size_t a = 0; a < rows.size(); ++a) {
            conflicts[a] = std::any_of(near[a].begin(), near[a].end(), [&](std::int32_t b) {
                return label(static_cast<std::size_t>(b)) != label(a);
            });
            if (conflicts[a] != 0)
                result.conflicting[static_cast<std::size_t>(rows[a])] = 1;
        }
        for (const std::int32_t i : detail::preferred_order(data.samples(), preference, "near_duplicates")) {
            if (place[static_cast<std::size_t>(i)] < 0)
                continue;
            const auto a = static_cast<std::size_t>(place[static_cast<std::size_t>(i)]);
            const bool all_dropped = across_labels == duplicates_across_labels::drop_all && conflicts[a] != 0;
            const bool has_one_kept = std::any_of(near[a].begin(), near[a].end(), [&](std::int32_t b) {
                return kept[static_cast<std::size_t>(b)] != 0 &&
                       (across_labels == duplicates_across_labels::keep_one ||
                        label(static_cast<std::size_t>(b)) == label(a));
            });
            kept[a] = !all_dropped && !has_one_kept;
            result.passes[static_cast<std::size_t>(i)] = kept[a];
        }
    }
};

static_assert(Filter<near_duplicates<>>);

} // namespace topoprune
