// SPDX-License-Identifier: MIT
#pragma once

#include "density_objective.hpp"

#include "power.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE float neighbor_distance(const neighbor_graph& neighbors, std::int64_t i, std::int64_t j) {
    for (const auto& [from, to] : {std::pair{i, j}, std::pair{j, i}}) {
        const auto ids = neighbors.ids_of(from);
        const auto at = std::find(ids.begin(), ids.end(), static_cast<std::int32_t>(to)) - ids.begin();
        if (at < static_cast<std::ptrdiff_t>(ids.size()))
            return neighbors.distances_of(from)[static_cast<std::size_t>(at)];
    }
    return 0;
}

TOPOPRUNE_DEFINE std::vector<double>
log_feature_radii(const weighted_graph& graph, const neighbor_graph& neighbors, const execution& where) {
    std::vector<double> radii(static_cast<std::size_t>(graph.vertices()));
    where.parallel_ranges(graph.vertices(), 1024, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            double sum = 0, weights = 0;
            for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge) {
                const double distance =
                    static_cast<double>(neighbor_distance(neighbors, i, graph.target(edge)));
                sum += static_cast<double>(graph.weight(edge)) * distance * distance;
                weights += static_cast<double>(graph.weight(edge));
            }
            radii[static_cast<std::size_t>(i)] = std::log(least_radius + (weights > 0 ? sum / weights : 0.0));
        }
    });
    return radii;
}

TOPOPRUNE_DEFINE void standardize(std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    double mean = 0, variance = 0;
    for (const double value : values)
        mean += value / count;
    for (const double value : values)
        variance += (value - mean) * (value - mean) / count;
    const double scale = variance > 1e-24 ? 1 / std::sqrt(variance) : 0.0;
    for (double& value : values)
        value = (value - mean) * scale;
}

TOPOPRUNE_DEFINE double density_objective::measure(std::span<const float> positions, std::int64_t dimensions,
                                                   float a, float b, std::vector<radius_slope>& slopes,
                                                   const execution& where) const {
    const std::size_t n = wanted_.size();
    slopes.resize(n);
    std::vector<double> radii(n);
    where.parallel_ranges(static_cast<std::int64_t>(n), 1024, [&](std::int64_t begin, std::int64_t end) {
        sum_radii(positions, dimensions, a, b, begin, end, radii, slopes);
    });
    const double mean_of = 1 / static_cast<double>(connected_);
    double mean = 0, variance = options_.variance_shift, covariance = 0;
    for (std::size_t i = 0; i < n; ++i)
        if (has_edges(i))
            mean += radii[i] * mean_of;
    for (std::size_t i = 0; i < n; ++i) {
        if (!has_edges(i))
            continue;
        variance += (radii[i] - mean) * (radii[i] - mean) * mean_of;
        covariance += (radii[i] - mean) * static_cast<double>(wanted_[i]) * mean_of;
    }
    // Without a shift, radii that are all equal have no correlation.
    const double scale = variance > 1e-24 ? 1 / std::sqrt(variance) : 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        if (!has_edges(i))
            continue;
        const double by_radius =
            (static_cast<double>(wanted_[i]) - covariance * (radii[i] - mean) * scale * scale) * scale *
            mean_of;
        slopes[i].weight *= static_cast<float>(by_radius);
    }
    return covariance * scale;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void density_objective::sum_radii(std::span<const float> positions,
                                                               std::int64_t dimensions, float a, float b,
                                                               std::int64_t begin, std::int64_t end,
                                                               std::vector<double>& radii,
                                                               std::vector<radius_slope>& slopes) const {
    for (std::int64_t i = begin; i < end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        double similarities = 0, sum = 0;
        for (std::int64_t edge = offsets_[at]; edge < offsets_[at + 1]; ++edge) {
            float squared = 0x1p-40F;
            for (std::int64_t c = 0; c < dimensions; ++c) {
                const float apart = positions[static_cast<std::size_t>(i * dimensions + c)] -
                                    positions[static_cast<std::size_t>(
                                        targets_[static_cast<std::size_t>(edge)] * dimensions + c)];
                squared += apart * apart;
            }
            const float similarity = 1 / (1 + a * power(squared, b));
            similarities += static_cast<double>(similarity);
            sum += static_cast<double>(similarity * squared);
        }
        const double radius = least_radius + (similarities > 0 ? sum / similarities : 0.0);
        radii[at] = std::log(radius);
        slopes[at] = {.weight = similarities > 0 ? static_cast<float>(1 / (2 * similarities)) : 0.0F,
                      .inverse_radius = static_cast<float>(1 / radius)};
    }
}

} // namespace topoprune::detail
