// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "../../neighbors/neighbor_graph.hpp"
#include "directed_edges.hpp"
#include "perplexity.hpp"
#include "weighted_graph.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// p_(j | i) of all neighbors j of all samples i, n x k, each row ascending by sample. O(n k) exponentials
/// times about 8 Newton steps.
[[nodiscard]] inline std::vector<directed_edge>
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

/// p_ij = (p_(j|i) + p_(i|j)) / 2n (van der Maaten, Hinton 2008, section 3.1): symmetric, of sum 1 up to
/// rounding; pairs whose probability is 0 in float are left out. The same bits on any number of threads.
/// At most 32 bytes per sample and neighbor on the way, 16 at the end.
[[nodiscard]] inline weighted_graph joint_probabilities(const neighbor_graph& neighbors, double perplexity,
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
