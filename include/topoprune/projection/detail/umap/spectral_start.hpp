// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"
#include "../../../core/random.hpp"
#include "../shared/weighted_graph.hpp"
#include "graph_components.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace topoprune::detail {

/// Where a layout begins: vertices x m, and what had to be decided.
struct layout_start {
    matrix<double> points;
    std::vector<std::string> notes;
};

/// The mean features of each component: components x d.
TOPOPRUNE_DECLARE [[nodiscard]] matrix<float> component_centroids(const graph_components& components,
                                                                  matrix_view<const float> features);

/// How far apart two samples are, by their features.
using sample_distance = std::function<double(std::span<const float>, std::span<const float>)>;

/// Where the components go, components x m, the largest coordinate 1: up to 2 m of them on the axes, more by
/// the Laplacian of the affinities exp(-distance^2) of their centroids.
TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> place_components(const graph_components& components,
                                                                matrix_view<const float> features,
                                                                const sample_distance& distance,
                                                                std::int64_t m);

/// Half the distance of place c to the nearest other place that is not the same.
TOPOPRUNE_DECLARE [[nodiscard]] double room_around(const matrix<double>& places, std::int64_t c);

/// The spectral layout of a connected graph of `room` to each side: the eigenvectors of its Laplacian, or a
/// uniform draw if it has too few vertices for them. Nothing if the eigenvectors were not found.
TOPOPRUNE_DECLARE [[nodiscard]] std::optional<matrix<double>> lay_out_component(const weighted_graph& graph,
                                                                                std::int64_t m, double room,
                                                                                const random_stream& random,
                                                                                const execution& where);

/// Spectral layout of a graph, as umap-learn: a connected graph by the eigenvectors of its normalized
/// Laplacian (McInnes 2018, algorithm 4); otherwise each component by itself, around the place of its
/// centroid, with half the way to the nearest other place as its room.
///
/// Where that is not possible within bounds - the eigenvectors do not converge, or the components are more
/// than 500 - the start is the principal components of all features, and a note says so.
TOPOPRUNE_DECLARE [[nodiscard]] layout_start spectral_layout(const weighted_graph& graph,
                                                             matrix_view<const float> features,
                                                             const sample_distance& distance, std::int64_t m,
                                                             const execution& where);

/// What stochastic descent begins with: the points scaled to reach 10, a normal noise of 10^-4 added so that
/// no two coincide, then each axis stretched to [0, 10]. An axis without extent stays at 0.
TOPOPRUNE_DECLARE [[nodiscard]] matrix<float> stretch_start(const matrix<double>& points, std::uint64_t seed);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "spectral_start.ipp"
#endif
