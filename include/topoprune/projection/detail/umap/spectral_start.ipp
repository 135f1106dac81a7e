// SPDX-License-Identifier: MIT
#pragma once

#include "spectral_start.hpp"

#include "../../../core/detail/dense_sums.hpp"
#include "../../../core/detail/symmetric_eigen.hpp"
#include "../../pca.hpp"
#include "laplacian_eigenvectors.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE matrix<float> component_centroids(const graph_components& components,
                                                   matrix_view<const float> features) {
    matrix<float> centroids(static_cast<Eigen::Index>(components.size()), features.columns());
    for (std::size_t c = 0; c < components.size(); ++c) {
        Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(features.columns());
        for (const std::int32_t i : components[c])
            sum += features.eigen().row(i).cast<double>();
        centroids.row(static_cast<Eigen::Index>(c)) =
            (sum / static_cast<double>(components[c].size())).cast<float>();
    }
    return centroids;
}

TOPOPRUNE_DEFINE matrix<double> place_components(const graph_components& components,
                                                 matrix_view<const float> features,
                                                 const sample_distance& distance, std::int64_t m) {
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
            const double apart = distance(rows.row(i), rows.row(j));
            affinity(i, j) = affinity(j, i) = std::exp(-apart * apart);
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

TOPOPRUNE_DEFINE double room_around(const matrix<double>& places, std::int64_t c) {
    const matrix_view<const double> rows(places);
    double nearest = std::numeric_limits<double>::infinity();
    for (std::int64_t other = 0; other < places.rows(); ++other)
        if (const double squared = squared_distance(rows.row(other), rows.row(c)); squared > 0)
            nearest = std::min(nearest, squared);
    return std::isinf(nearest) ? 1.0 : std::sqrt(nearest) / 2;
}

TOPOPRUNE_DEFINE std::optional<matrix<double>> lay_out_component(const weighted_graph& graph, std::int64_t m,
                                                                 double room, const random_stream& random,
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

TOPOPRUNE_DEFINE layout_start spectral_layout(const weighted_graph& graph, matrix_view<const float> features,
                                              const sample_distance& distance, std::int64_t m,
                                              const execution& where) {
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
    const matrix<double> places = place_components(components, features, distance, m);
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

TOPOPRUNE_DEFINE matrix<float> stretch_start(const matrix<double>& points, std::uint64_t seed) {
    constexpr double side = 10, noise = 1e-4;
    constexpr std::uint64_t stream = 0x6e6f697365; // "noise"
    const random_stream random(seed, stream);
    const double reach = points.size() > 0 ? points.cwiseAbs().maxCoeff() : 0.0;
    matrix<double> stretched = points * (reach > 0 ? side / reach : 0.0);
    for (std::int64_t i = 0; i < stretched.size(); ++i)
        stretched.data()[i] += noise * random.normal(static_cast<std::uint64_t>(i));
    for (std::int64_t c = 0; c < stretched.cols() && stretched.rows() > 0; ++c) {
        const double low = stretched.col(c).minCoeff(), extent = stretched.col(c).maxCoeff() - low;
        stretched.col(c) = (stretched.col(c).array() - low) * (extent > 0 ? side / extent : 0.0);
    }
    return stretched.cast<float>();
}

} // namespace topoprune::detail
