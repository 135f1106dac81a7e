// SPDX-License-Identifier: MIT
#pragma once

#include "fuzzy_graph.hpp"

#include "../../../core/checks.hpp"
#include "membership.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE std::int64_t merge_memberships(std::span<const directed_edge> leaving,
                                                            std::span<const directed_edge> arriving,
                                                            float mix, directed_edge* merged) {
    std::int64_t count = 0;
    for (std::size_t i = 0, j = 0; i < leaving.size() || j < arriving.size();) {
        const bool take_i =
            i < leaving.size() && (j == arriving.size() || leaving[i].vertex <= arriving[j].vertex);
        const bool take_j =
            j < arriving.size() && (i == leaving.size() || arriving[j].vertex <= leaving[i].vertex);
        const std::int32_t vertex = take_i ? leaving[i].vertex : arriving[j].vertex;
        const float u = take_i ? leaving[i].weight : 0.0F;
        const float v = take_j ? arriving[j].weight : 0.0F;
        const float weight = mix * (u + v - u * v) + (1 - mix) * (u * v);
        i += take_i;
        j += take_j;
        if (weight > 0)
            merged[count++] = {vertex, weight};
    }
    return count;
}

TOPOPRUNE_DEFINE weighted_graph build_fuzzy_graph(const neighbor_graph& neighbors,
                                                  const fuzzy_options& options, const execution& where) {
    require(options.local_connectivity >= 0 && options.local_connectivity < 1e6, "umap", "local_connectivity",
            options.local_connectivity, "between 0 and 10^6");
    require(options.set_op_mix_ratio >= 0 && options.set_op_mix_ratio <= 1, "umap", "set_op_mix_ratio",
            options.set_op_mix_ratio, "between 0 and 1");
    constexpr std::int64_t grain = 1024;
    const std::int64_t n = neighbors.samples, k = neighbors.k;
    const auto scales = fit_membership_scales(neighbors, options.local_connectivity, where);

    std::vector<directed_edge> leaving(static_cast<std::size_t>(n * k));
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            directed_edge* row = leaving.data() + i * k;
            for (std::int64_t j = 0; j < k; ++j)
                row[j] = {neighbors.ids_of(i)[static_cast<std::size_t>(j)],
                          membership(neighbors.distances_of(i)[static_cast<std::size_t>(j)],
                                     scales[static_cast<std::size_t>(i)])};
            std::sort(row, row + k,
                      [](const directed_edge& u, const directed_edge& v) { return u.vertex < v.vertex; });
        }
    });

    const arriving_edges arriving = transposed(leaving, n, k);

    // Each row is merged into room for all of it, then the rows are moved together.
    const auto room_begin = [&](std::int64_t i) {
        return i * k + arriving.begins[static_cast<std::size_t>(i)];
    };
    std::vector<directed_edge> merged(2 * leaving.size());
    weighted_graph graph;
    graph.offsets.assign(static_cast<std::size_t>(n) + 1, 0);
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const auto at = static_cast<std::size_t>(i);
            graph.offsets[at + 1] = merge_memberships(
                std::span(leaving).subspan(at * static_cast<std::size_t>(k), static_cast<std::size_t>(k)),
                arriving.of(i), static_cast<float>(options.set_op_mix_ratio), merged.data() + room_begin(i));
        }
    });
    for (std::size_t i = 1; i < graph.offsets.size(); ++i)
        graph.offsets[i] += graph.offsets[i - 1];
    graph.targets.resize(static_cast<std::size_t>(graph.edges()));
    graph.weights.resize(static_cast<std::size_t>(graph.edges()));
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge) {
                const auto& from = merged[static_cast<std::size_t>(room_begin(i) + edge - graph.begin(i))];
                graph.targets[static_cast<std::size_t>(edge)] = from.vertex;
                graph.weights[static_cast<std::size_t>(edge)] = from.weight;
            }
    });
    return graph;
}

} // namespace topoprune::detail
