// SPDX-License-Identifier: MIT
#pragma once

#include "gaussian_kde.hpp"

#include <algorithm>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> gaussian_kde::log_density(matrix_view<const double> points,
                                                               const execution& where) const {
    const double h = checked_bandwidth(points, "gaussian_kde::log_density");
    std::vector<double> values =
        std::visit([&](const auto& kernels) { return kernels.sums(where); }, choose_sums(points, h));
    detail::take_log_density(values, log_scale(points, h));
    return values;
}

TOPOPRUNE_DEFINE void gaussian_kde::add_pull_back(matrix_view<const double> points,
                                                  std::span<const double> log_density,
                                                  std::span<const double> weights,
                                                  matrix_view<double> gradient,
                                                  const execution& where) const {
    const double h = checked_bandwidth(points, "gaussian_kde::add_pull_back");
    detail::require_pull_back_shapes(points, log_density, weights, gradient, "gaussian_kde::add_pull_back");
    detail::add_kernel_pull_back(
        points, bandwidth, h, log_scale(points, h), log_density, weights, gradient,
        [&](std::span<const double> shares, matrix_view<double> slopes) {
            std::visit([&](const auto& kernels) { kernels.add_slopes(shares, slopes, where); },
                       choose_sums(points, h));
        });
}

TOPOPRUNE_DEFINE std::variant<gaussian_kde::all_pairs, gaussian_kde::near_pairs, gaussian_kde::expansions>
gaussian_kde::choose_sums(matrix_view<const double> points, double h) const {
    // exp(-|x|^2 / 2h^2) = exp(-|u|^2) for u = x / unit.
    const double unit = h * std::numbers::sqrt2;
    if (sums == kernel_sums::plain || points.empty() ||
        (sums == kernel_sums::automatic && points.rows() < least_points))
        return all_pairs(points, unit);
    const auto n = static_cast<double>(points.rows());
    const detail::gauss_accuracy accuracy(relative_error / n);
    const double side = expansions::side_of(accuracy, unit);
    if (!detail::plane_boxes::can_hold(points, side))
        return all_pairs(points, unit);
    const auto boxes = std::make_shared<const detail::plane_boxes>(points, side);
    if (sums == kernel_sums::near_pairs)
        return near_pairs(points, boxes, unit, accuracy.reach);
    if (sums == kernel_sums::expansions)
        return expansions(boxes, unit, accuracy);
    const double plain_work = n * n;
    const double near_work = near_pairs::work(*boxes, accuracy.reach);
    const double least_work = std::min(near_work, plain_work) * operations_per_kernel;
    if (expansions::least_work(*boxes, accuracy) < least_work) {
        expansions transform(boxes, unit, accuracy);
        if (transform.work() < least_work)
            return transform;
    }
    if (near_work < plain_work)
        return near_pairs(points, boxes, unit, accuracy.reach);
    return all_pairs(points, unit);
}

TOPOPRUNE_DEFINE double gaussian_kde::checked_bandwidth(matrix_view<const double> points,
                                                        std::string_view function) const {
    require(relative_error >= 1e-12 && relative_error <= 0.1, function, "relative_error", relative_error,
            "between 1e-12 and 0.1");
    require_finite(points, function, "points");
    return bandwidth.value(points, function);
}

} // namespace topoprune
