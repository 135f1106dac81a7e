// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "../../neighbors/neighbor_graph.hpp"
#include "perplexity.hpp"
#include "weighted_graph.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// Conditional probabilities that arrive at a sample or leave it.
struct directed_probability {
    std::int32_t sample = 0;
    float value = 0;
};

/// p_(j | i) of all neighbors j of all samples i, n x k, each row ascending by sample. O(n k) exponentials
/// times about 8 Newton steps.
[[nodiscard]] inline std::vector<directed_probability>
conditional_probabilities(const neighbor_graph& neighbors, double perplexity, const execution& where) {
    const auto k = static_cast<std::size_t>(neighbors.k);
    std::vector<directed_probability> leaving(static_cast<std::size_t>(neighbors.samples) * k);
    where.parallel_ranges(neighbors.samples, 512, [&](std::int64_t begin, std::int64_t end) {
        std::vector<double> room(k), probabilities(k);
        for (std::int64_t i = begin; i < end; ++i) {
            fit_perplexity(neighbors.distances_of(i), perplexity, room, probabilities);
            directed_probability* row = leaving.data() + static_cast<std::size_t>(i) * k;
            for (std::size_t j = 0; j < k; ++j)
                row[j] = {neighbors.ids_of(i)[j], static_cast<float>(probabilities[j])};
            std::sort(row, row + k, [](const directed_probability& a, const directed_probability& b) {
                return a.sample < b.sample;
            });
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
    const std::vector<directed_probability> leaving = conditional_probabilities(neighbors, perplexity, where);

    // The transpose by counting; sources arrive in ascending order.
    std::vector<std::int64_t> arrivals(static_cast<std::size_t>(n) + 1, 0);
    for (const auto& edge : leaving)
        ++arrivals[static_cast<std::size_t>(edge.sample) + 1];
    for (std::size_t i = 1; i < arrivals.size(); ++i)
        arrivals[i] += arrivals[i - 1];
    std::vector<directed_probability> arriving(leaving.size());
    std::vector<std::int64_t> next(arrivals.begin(), arrivals.end() - 1);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t j = i * k; j < (i + 1) * k; ++j) {
            const auto& edge = leaving[static_cast<std::size_t>(j)];
            arriving[static_cast<std::size_t>(next[static_cast<std::size_t>(edge.sample)]++)] = {
                static_cast<std::int32_t>(i), edge.value};
        }

    // Both directions of a row, merged; `keep(target, sum)` for each pair of positive probability.
    const auto merge_row = [&](std::int64_t i, const auto& keep) {
        std::int64_t a = i * k, b = arrivals[static_cast<std::size_t>(i)];
        const std::int64_t end_a = a + k, end_b = arrivals[static_cast<std::size_t>(i) + 1];
        while (a < end_a || b < end_b) {
            const auto* out = a < end_a ? &leaving[static_cast<std::size_t>(a)] : nullptr;
            const auto* in = b < end_b ? &arriving[static_cast<std::size_t>(b)] : nullptr;
            const bool take_out = out && (!in || out->sample <= in->sample);
            const bool take_in = in && (!out || in->sample <= out->sample);
            const float sum = (take_out ? out->value : 0.0F) + (take_in ? in->value : 0.0F);
            if (sum > 0)
                keep(take_out ? out->sample : in->sample, sum);
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
