// SPDX-License-Identifier: MIT
#pragma once

#include "exponential_kde.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> exponential_kde::log_density(matrix_view<const double> points,
                                                                  const execution& where) const {
    require_finite(points, "exponential_kde::log_density", "points");
    const double h = bandwidth.value(points, "exponential_kde::log_density");
    std::vector<double> values = kernels(points, h).sums(where);
    detail::take_log_density(values, log_scale(points, h));
    return values;
}

TOPOPRUNE_DEFINE void exponential_kde::add_pull_back(matrix_view<const double> points,
                                                     std::span<const double> log_density,
                                                     std::span<const double> weights,
                                                     matrix_view<double> gradient,
                                                     const execution& where) const {
    require_finite(points, "exponential_kde::add_pull_back", "points");
    const double h = bandwidth.value(points, "exponential_kde::add_pull_back");
    detail::require_pull_back_shapes(points, log_density, weights, gradient,
                                     "exponential_kde::add_pull_back");
    detail::add_kernel_pull_back(points, bandwidth, h, log_scale(points, h), log_density, weights, gradient,
                                 [&](std::span<const double> shares, matrix_view<double> slopes) {
                                     kernels(points, h).add_slopes(shares, slopes, where);
                                 });
}

} // namespace topoprune
