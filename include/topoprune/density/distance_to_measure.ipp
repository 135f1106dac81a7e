// SPDX-License-Identifier: MIT
#pragma once

#include "distance_to_measure.hpp"

#include "detail/kernel_density.hpp"
#include "detail/nearest_places.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> distance_to_measure::log_density(matrix_view<const double> points,
                                                                      const execution& where) const {
    detail::require_neighborhood(k, points, "distance_to_measure::log_density");
    std::vector<double> values(static_cast<std::size_t>(points.rows()), 0.0);
    const std::int64_t mass = std::min(k, points.rows());
    detail::for_nearest_places(
        points, [&](const detail::point_places&, std::size_t) { return mass; },
        [&](const detail::point_places& places, std::size_t place,
            std::span<const detail::near_place> nearest) {
            double sum = 0;
            std::int64_t left = mass;
            for (const detail::near_place& near : nearest) {
                const std::int64_t taken = std::min(left, std::ssize(places.members(near.place)));
                sum += static_cast<double>(taken) * near.distance * near.distance;
                left -= taken;
            }
            const double value =
                -std::ldexp(std::sqrt(sum / static_cast<double>(mass)), places.unit_exponent());
            for (const std::int64_t i : places.members(place))
                values[static_cast<std::size_t>(i)] = value;
        },
        where);
    return values;
}

TOPOPRUNE_DEFINE void distance_to_measure::add_pull_back(matrix_view<const double> points,
                                                         std::span<const double> log_density,
                                                         std::span<const double> weights,
                                                         matrix_view<double> gradient,
                                                         const execution& where) const {
    detail::require_neighborhood(k, points, "distance_to_measure::add_pull_back");
    detail::require_pull_back_shapes(points, log_density, weights, gradient,
                                     "distance_to_measure::add_pull_back");
    const std::int64_t mass = std::min(k, points.rows());
    std::vector<std::vector<std::int64_t>> neighbors(static_cast<std::size_t>(points.rows()));
    detail::for_nearest_places(
        points, [&](const detail::point_places&, std::size_t) { return mass; },
        [&](const detail::point_places& places, std::size_t place,
            std::span<const detail::near_place> nearest) {
            std::vector<std::int64_t> taken;
            for (const detail::near_place& near : nearest)
                for (const std::int64_t j : places.members(near.place))
                    if (std::ssize(taken) < mass)
                        taken.push_back(j);
            for (const std::int64_t i : places.members(place))
                neighbors[static_cast<std::size_t>(i)] = taken;
        },
        where);
    for (std::int64_t i = 0; i < points.rows(); ++i) {
        const double distance = -log_density[static_cast<std::size_t>(i)];
        if (!(distance > 0))
            continue;
        const double share = weights[static_cast<std::size_t>(i)] / static_cast<double>(mass);
        for (const std::int64_t j : neighbors[static_cast<std::size_t>(i)])
            detail::add_pull(points, i, j, share, distance, gradient);
    }
}

} // namespace topoprune
