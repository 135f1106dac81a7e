// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/detail/dense_sums.hpp"
#include "../../core/matrix.hpp"
#include "../bandwidth.hpp"

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// What the kernel density estimates share: log p_i = log S_i - log_scale with kernel sums
/// S_i = sum_j k((x_i - x_j) / h) and log_scale = log(n c h^m), where c is the integral of k.
namespace topoprune::detail {

/// The checks of every pull-back of a density.
TOPOPRUNE_DECLARE void require_pull_back_shapes(matrix_view<const double> points,
                                                std::span<const double> log_density,
                                                std::span<const double> weights, matrix_view<double> gradient,
                                                std::string_view function);

/// log(n c h^m), given log c.
[[nodiscard]] inline double kernel_log_scale(matrix_view<const double> points, double h,
                                             double log_integral) {
    return std::log(static_cast<double>(points.rows())) + log_integral +
           static_cast<double>(points.columns()) * std::log(h);
}

/// The logarithms of S_i / exp(log_scale), in place.
inline void take_log_density(std::vector<double>& sums, double log_scale) {
    for (double& value : sums)
        value = std::log(value) - log_scale;
}

/// gradient += sum_i weights_i d log p_i / d points.
/// add_slopes(shares, gradient): adds the derivative of sum_i shares_i S_i by the points, at fixed h and
/// shares.
///
/// Under a rule h moves with the points. The estimate is homogeneous, log p(a x; a h) = log p(x; h) - m log
/// a, so by Euler's theorem h d log p_i / d h = -m - sum_j <x_j, d log p_i / d x_j>: the derivative by h
/// comes out of that by the points. The x_j are taken from their mean, which changes nothing, as the gradient
/// sums to 0.
template <class AddSlopes>
void add_kernel_pull_back(matrix_view<const double> points, const bandwidth& rule, double h, double log_scale,
                          std::span<const double> log_density, std::span<const double> weights,
                          matrix_view<double> gradient, const AddSlopes& add_slopes) {
    if (points.empty())
        return;
    std::vector<double> shares(weights.size());
    double weight = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        shares[i] = weights[i] * std::exp(-(log_density[i] + log_scale));
        weight += weights[i];
    }
    if (!rule.depends_on_points()) {
        add_slopes(shares, gradient);
        return;
    }
    matrix<double> slopes = matrix<double>::Zero(points.rows(), points.columns());
    add_slopes(shares, slopes);
    gradient.eigen() += slopes;
    const matrix<double> scaled = (points.eigen().rowwise() - column_means(points)) / h;
    const double radial = dot(entries(scaled), entries(slopes));
    rule.add_pull_back(points, -(weight * static_cast<double>(points.columns()) / h + radial), gradient);
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "kernel_density.ipp"
#endif
