// SPDX-License-Identifier: MIT
#pragma once

#include "supervised_graph.hpp"

#include "../../../core/checks.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE weighted_graph intersect_with_labels(const weighted_graph& graph,
                                                      std::span<const std::int64_t> labels,
                                                      double label_distance, const execution& where) {
    require(static_cast<std::int64_t>(labels.size()) == graph.vertices(), "umap", "number of labels",
            labels.size(), "the number of samples,", graph.vertices());
    constexpr double unknown_distance = 1;
    constexpr std::int64_t grain = 1024;
    const auto label_of = [&](std::int64_t vertex) { return labels[static_cast<std::size_t>(vertex)]; };
    std::vector<float> scaled(graph.weights.size());
    where.parallel_ranges(graph.vertices(), grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            float largest = 0;
            for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge) {
                const std::int64_t own = label_of(i), other = label_of(graph.target(edge));
                const double distance = own == unknown_label || other == unknown_label ? unknown_distance
                                        : own != other                                 ? label_distance
                                                                                       : 0.0;
                const auto weight =
                    static_cast<float>(static_cast<double>(graph.weight(edge)) * std::exp(-distance));
                scaled[static_cast<std::size_t>(edge)] = weight;
                largest = std::max(largest, weight);
            }
            if (largest > 0)
                for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
                    scaled[static_cast<std::size_t>(edge)] /= largest;
        }
    });

    // The weight of the opposite direction; both directions of an edge are there.
    const auto opposite = [&](std::int64_t from, std::int64_t to) {
        const auto row = std::span(graph.targets)
                             .subspan(static_cast<std::size_t>(graph.begin(to)),
                                      static_cast<std::size_t>(graph.end(to) - graph.begin(to)));
        const auto at =
            std::lower_bound(row.begin(), row.end(), static_cast<std::int32_t>(from)) - row.begin();
        return scaled[static_cast<std::size_t>(graph.begin(to) + at)];
    };
    std::vector<float> joined(scaled.size());
    where.parallel_ranges(graph.vertices(), grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge) {
                // In double, rounded once: u + v - u v must not depend on how it is contracted.
                const double u = static_cast<double>(scaled[static_cast<std::size_t>(edge)]);
                const double v = static_cast<double>(opposite(i, graph.target(edge)));
                joined[static_cast<std::size_t>(edge)] = static_cast<float>((u + v) - u * v);
            }
    });

    weighted_graph kept;
    kept.offsets.reserve(graph.offsets.size());
    for (std::int64_t i = 0; i < graph.vertices(); ++i) {
        for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
            if (joined[static_cast<std::size_t>(edge)] > 0) {
                kept.targets.push_back(graph.target(edge));
                kept.weights.push_back(joined[static_cast<std::size_t>(edge)]);
            }
        kept.offsets.push_back(static_cast<std::int64_t>(kept.targets.size()));
    }
    return kept;
}

} // namespace topoprune::detail
