// SPDX-License-Identifier: MIT
#pragma once

#include "joint_probabilities.hpp"

#include "perplexity.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<directed_edge>
conditional_probabilities(const neighbor_graph& neighbors, double perplexity, const execution& where) {
    const auto k = static_cast<std::size_t>(neighbors.k);
    std::vector<directed_edge> leaving(static_cast<std::size_t>(neighbors.samples) * k);
    where.parallel_ranges(neighbors.samples, 512, [&](std::int64_t begin, std::int64_t end) {
        std::vector<double> room(k), probabilities(k);
        for (std::int64_t i = begin; i < end; ++i) {
            fit_perplexity(neighbors.distances_of(i), perplexity, room, probabilities);
            directed_edge* row = leaving.data() + static_cast<std::size_t>(i) * k;
            for (std::size_t j = 0; j < k; ++j)
                row[j] = {neighbors.ids_of(i)[j], static_cast<float>(probabilities[j])};
            std::sort(row, row + k,
                      [](const directed_edge& a, const directed_edge& b) { return a.vertex < b.vertex; });
        }
    });
    return leaving;
}

TOPOPRUNE_DEFINE weighted_graph joint_probabilities(const neighbor_graph& neighbors, double perplexity,
                                                    const execution& where) {
    constexpr std::int64_t grain = 1024;
    const std::int64_t n = neighbors.samples, k = neighbors.k;
    const std::vector<directed_edge> leaving = conditional_probabilities(neighbors, perplexity, where);

    const arriving_edges arriving = transposed(leaving, n, k);

    // Both directions of a row, merged; `keep(target, sum)` for each pair of positive probability.
    const auto merge_row = [&](std::int64_t i, const auto& keep) {
        const auto outward =
            std::span(leaving).subspan(static_cast<std::size_t>(i * k), static_cast<std::size_t>(k));
        const auto inward = arriving.of(i);
        for (std::size_t a = 0, b = 0; a < outward.size() || b < inward.size();) {
            const auto* out = a < outward.size() ? &outward[a] : nullptr;
            const auto* in = b < inward.size() ? &inward[b] : nullptr;
            const bool take_out = out && (!in || out->vertex <= in->vertex);
            const bool take_in = in && (!out || in->vertex <= out->vertex);
            const float sum = (take_out ? out->weight : 0.0F) + (take_in ? in->weight : 0.0F);
            if (sum > 0)
                keep(take_out ? out->vertex : in->vertex, sum);
            a += take_out;
            b += take_in;
        }
    };
    weighted_graph graph;
    graph.offsets.assign(static_cast<std::size_t>(n) + 1, 0);
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            merge_row(i, [&](std::int32_t, float) { ++graph.offsets[static_cast<std::size_t>(i) + 1]; });
    });
    for (std::size_t i = 1; i < graph.offsets.size(); ++i)
        graph.offsets[i] += graph.offsets[i - 1];
    graph.targets.resize(static_cast<std::size_t>(graph.edges()));
    graph.weights.resize(static_cast<std::size_t>(graph.edges()));
    const double total = 2 * static_cast<double>(n);
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            auto at = static_cast<std::size_t>(graph.begin(i));
            merge_row(i, [&](std::int32_t target, float sum) {
                graph.targets[at] = target;
                graph.weights[at++] = static_cast<float>(static_cast<double>(sum) / total);
            });
        }
    });
    return graph;
}

} // namespace topoprune::detail
