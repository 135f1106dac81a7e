// SPDX-License-Identifier: MIT
#pragma once

#include "spectral_start.hpp"

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

TOPOPRUNE_DEFINE double room_around(const matrix<double>& places, std::int64_t c) {
    const matrix_view<const double> rows(places);
    double nearest = std::numeric_limits<double>::infinity();
    for (std::int64_t other = 0; other < places.rows(); ++other)
        if (const double squared = squared_distance(rows.row(other), rows.row(c)); squared > 0)
            nearest = std::min(nearest, squared);
    return std::isinf(nearest) ? 1.0 : std::sqrt(nearest) / 2;
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
