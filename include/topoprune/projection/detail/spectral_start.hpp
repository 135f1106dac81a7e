// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/detail/dense_sums.hpp"
#include "../../core/detail/symmetric_eigen.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"
#include "../../neighbors/metric.hpp"
#include "../pca.hpp"
#include "graph_components.hpp"
#include "laplacian_eigenvectors.hpp"
#include "weighted_graph.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
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

/// Where the components go, components x m, the largest coordinate 1: up to 2 m of them on the axes, more by
/// the Laplacian of the affinities exp(-distance^2) of their centroids.
template <Metric M>
[[nodiscard]] matrix<double> place_components(const graph_components& components,
                                              matrix_view<const float> features, const M& metric,
                                              std::int64_t m) {
    const auto count = static_cast<std::int64_t>(components.size());
    matrix<double> places = matrix<double>::Zero(count, m);
    if (count <= 2 * m) {
        const std::int64_t half = (count + 1) / 2;
        for (std::int64_t c = 0; c < count; ++c)
            places(c, c % half) = c < half ? 1 : -1;
        return places;
    }
    const matrix<float> centroids = component_centroids(components, features);
    const matrix_view<const float> rows = centroids;
    matrix<double> affinity = matrix<double>::Zero(count, count);
    for (std::int64_t i = 0; i < count; ++i)
        for (std::int64_t j = 0; j < i; ++j) {
            const double distance = metric.distance(rows.row(i), rows.row(j));
            affinity(i, j) = affinity(j, i) = std::exp(-distance * distance);
        }
    // Far centroids have affinities that round to 0; the least normal number keeps their degrees positive.
    Eigen::VectorXd scale(count);
    for (std::int64_t i = 0; i < count; ++i)
        scale[i] = 1 / std::sqrt(std::max(sum(matrix_view<const double>(affinity).row(i)),
                                          std::numeric_limits<double>::min()));
    for (std::int64_t i = 0; i < count; ++i)
        for (std::int64_t j = 0; j < count; ++j)
            affinity(i, j) *= scale[i] * scale[j];
    const matrix<double> vectors = symmetric_eigen(affinity).vectors;
    for (std::int64_t c = 0; c < m; ++c) {
        places.col(c) = scale.cwiseProduct(vectors.row(count - 2 - c).transpose());
        Eigen::Index largest = 0;
        places.col(c).cwiseAbs().maxCoeff(&largest);
        if (places(largest, c) < 0)
            places.col(c) *= -1.0;
    }
    const double reach = places.cwiseAbs().maxCoeff();
    if (reach > 0)
        places /= reach;
    return places;
}

/// Half the distance of place c to the nearest other place that is not the same.
TOPOPRUNE_DECLARE [[nodiscard]] double room_around(const matrix<double>& places, std::int64_t c);

/// The spectral layout of a connected graph of `room` to each side: the eigenvectors of its Laplacian, or a
/// uniform draw if it has too few vertices for them. Nothing if the eigenvectors were not found.
template <class Graph>
[[nodiscard]] std::optional<matrix<double>> lay_out_component(const Graph& graph, std::int64_t m, double room,
                                                              const random_stream& random,
                                                              const execution& where) {
    const std::int64_t n = graph.vertices();
    matrix<double> points(n, m);
    if (n < 2 * m || n <= m + 1) {
        for (std::int64_t i = 0; i < n * m; ++i)
            points.data()[i] = room * (2 * random.uniform(static_cast<std::uint64_t>(i)) - 1);
        return points;
    }
    const auto vectors = laplacian_eigenvectors(graph, m, random, where);
    if (!vectors)
        return std::nullopt;
    points = *vectors * (room / vectors->cwiseAbs().maxCoeff());
    return points;
}

/// Spectral layout of a graph, as umap-learn: a connected graph by the eigenvectors of its normalized
/// Laplacian (McInnes 2018, algorithm 4); otherwise each component by itself, around the place of its
/// centroid, with half the way to the nearest other place as its room.
///
/// Where that is not possible within bounds - the eigenvectors do not converge, or the components are more
/// than 500 - the start is the principal components of all features, and a note says so.
template <Metric M>
[[nodiscard]] layout_start spectral_layout(const weighted_graph& graph, matrix_view<const float> features,
                                           const M& metric, std::int64_t m, const execution& where) {
    constexpr std::size_t most_components = 500;
    constexpr std::uint64_t stream = 0x737065637472; // "spectr"
    const random_stream random(where.seed(), stream);
    const auto principal_components = [&](const std::string& why) {
        embedding start = pca{.dimensions = m}.project(features, where);
        start.notes.push_back("umap: " + why + "; started from principal components");
        return layout_start{std::move(start.points), std::move(start.notes)};
    };
    const std::string unconverged = "the spectral start did not converge";

    const graph_components components = find_components(graph);
    if (components.size() > most_components)
        return principal_components("the graph has " + std::to_string(components.size()) + " components");
    if (components.size() <= 1) {
        auto points = lay_out_component(graph, m, 1, random, where);
        return points ? layout_start{std::move(*points), {}} : principal_components(unconverged);
    }

    layout_start start{
        .points = matrix<double>(graph.vertices(), m),
        .notes = {"umap: " + std::to_string(components.size()) + " components of the graph started apart"}};
    const matrix<double> places = place_components(components, features, metric, m);
    std::vector<std::int32_t> renumbered;
    for (std::size_t c = 0; c < components.size(); ++c) {
        const auto at = static_cast<Eigen::Index>(c);
        const auto points = lay_out_component(induced_graph(graph, components[c], renumbered), m,
                                              room_around(places, at), random.child(c), where);
        if (!points)
            return principal_components(unconverged);
        for (std::size_t i = 0; i < components[c].size(); ++i)
            start.points.row(components[c][i]) = points->row(static_cast<Eigen::Index>(i)) + places.row(at);
    }
    return start;
}

/// What stochastic descent begins with: the points scaled to reach 10, a normal noise of 10^-4 added so that
/// no two coincide, then each axis stretched to [0, 10]. An axis without extent stays at 0.
TOPOPRUNE_DECLARE [[nodiscard]] matrix<float> stretch_start(const matrix<double>& points, std::uint64_t seed);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "spectral_start.ipp"
#endif
