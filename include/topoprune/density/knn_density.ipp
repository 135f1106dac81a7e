// SPDX-License-Identifier: MIT
#pragma once

#include "knn_density.hpp"

#include "detail/ball_volume.hpp"
#include "detail/kernel_density.hpp"

#include <cmath>
#include <numbers>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> knn_density::log_density(matrix_view<const double> points,
                                                              const execution& where) const {
    detail::require_neighborhood(k, points, "knn_density::log_density");
    std::vector<double> values(static_cast<std::size_t>(points.rows()), 0.0);
    const auto others = static_cast<double>(points.rows() - 1);
    const auto m = static_cast<double>(points.columns());
    const double log_volume = detail::log_ball_volume(points.columns());
    for_balls(points, where, [&](const detail::point_places& places, std::size_t place, const ball& found) {
        const double log_radius =
            std::log(found.radius) + static_cast<double>(places.unit_exponent()) * std::numbers::ln2;
        const double value =
            std::log(static_cast<double>(found.neighbors) / others) - log_volume - m * log_radius;
        for (const std::int64_t i : places.members(place))
            values[static_cast<std::size_t>(i)] = value;
    });
    return values;
}

TOPOPRUNE_DEFINE void knn_density::add_pull_back(matrix_view<const double> points,
                                                 std::span<const double> log_density,
                                                 std::span<const double> weights,
                                                 matrix_view<double> gradient, const execution& where) const {
    detail::require_neighborhood(k, points, "knn_density::add_pull_back");
    detail::require_pull_back_shapes(points, log_density, weights, gradient, "knn_density::add_pull_back");
    std::vector<std::int64_t> neighbors(static_cast<std::size_t>(points.rows()), -1);
    std::vector<double> radii(neighbors.size());
    for_balls(points, where, [&](const detail::point_places& places, std::size_t place, const ball& found) {
        for (const std::int64_t i : places.members(place)) {
            neighbors[static_cast<std::size_t>(i)] = found.last;
            radii[static_cast<std::size_t>(i)] = std::ldexp(found.radius, places.unit_exponent());
        }
    });
    const auto m = static_cast<double>(points.columns());
    for (std::int64_t i = 0; i < points.rows(); ++i) {
        const std::int64_t j = neighbors[static_cast<std::size_t>(i)];
        if (j < 0)
            continue;
        const double radius = radii[static_cast<std::size_t>(i)];
        const double pull = weights[static_cast<std::size_t>(i)] * m / radius;
        detail::add_pull(points, i, j, pull, radius, gradient);
    }
}

} // namespace topoprune
