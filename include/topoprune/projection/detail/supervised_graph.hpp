// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/execution.hpp"
#include "weighted_graph.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The label of a sample whose class is not known.
inline constexpr std::int64_t unknown_label = -1;

/// How far two different labels are apart, for a weight of the target from 0 to 1: 2.5 / (1 - weight), as
/// umap-learn. At weight 1 no edge between classes is left.
[[nodiscard]] inline double label_distance(double target_weight) {
    constexpr double beyond_all = 1e12;
    return target_weight < 1 ? 2.5 / (1 - target_weight) : beyond_all;
}

/// The fuzzy intersection of a graph with one of labels (McInnes 2018, section 6.1, as in umap-learn):
/// weights of edges between different labels are multiplied by exp(-label distance), of edges with an unknown
/// end by exp(-1); then each row is divided by its largest weight, so that every sample is again fully
/// connected to one other, and the two directions of an edge are joined by u + v - u v. Edges of weight 0 are
/// dropped. Each row by itself. O(edges log(edges of a vertex)).
[[nodiscard]] inline weighted_graph intersect_with_labels(const weighted_graph& graph,
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
