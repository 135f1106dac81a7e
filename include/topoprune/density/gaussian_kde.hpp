// SPDX-License-Identifier: MIT
#pragma once

#include "density.hpp"
#include "detail/gaussian_sums.hpp"

#include <cmath>
#include <numbers>

namespace topoprune {

/// Kernel density estimate with a Gaussian of fixed bandwidth h in m dimensions,
///
///     log p_i = log( (1/n) sum_j N(x_i - x_j; h) ),   N(u; h) = exp(-|u|^2 / 2h^2) / (h sqrt(2 pi))^m,
///
/// the point itself included, as -score_samples of a kernel density estimate at its own samples. The self
/// term is the largest of every sum (its exponent is 0), so the sum is its own shifted log-sum-exp: it cannot
/// underflow, however far the points lie apart.
///
/// Cost: n^2 exponentials for the values and again for the pull-back, O(n m) memory.
struct gaussian_kde {
    /// h, in units of the points' coordinates; > 0. Larger values smooth more and give a wider density. The
    /// default is that of TopoCore (table 2) for a UMAP embedding.
    double bandwidth = 0.4;

    /// points: n x m, row-major. Returns n natural logarithms.
    /// Throws std::invalid_argument for a bandwidth that is not positive, or a point that is not finite.
    [[nodiscard]] std::vector<double> log_density(matrix_view<const double> points,
                                                  const execution& where) const {
        check(points, "gaussian_kde::log_density");
        std::vector<double> values(static_cast<std::size_t>(points.rows()));
        const detail::gaussian_cloud cloud(points, bandwidth);
        const double log_scale = log_normalization(points);
        where.parallel_ranges(points.rows(), grain, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            detail::kernel_sums(cloud, begin, end, values);
            for (std::int64_t i = begin; i < end; ++i) {
                double& value = values[static_cast<std::size_t>(i)];
                value = std::log(value) - log_scale;
            }
        });
        return values;
    }

    /// Adds sum_i weights_i * d log p_i / d x to the gradient (n x m). With the kernel sums S_i = sum_j k_ij,
    ///     gradient_i -= (1/h^2) sum_j k_ij (weights_i / S_i + weights_j / S_j) (x_i - x_j),
    /// the first term being point i as the query, the second as a sample of the others.
    void add_pull_back(matrix_view<const double> points, std::span<const double> log_density,
                       std::span<const double> weights, matrix_view<double> gradient,
                       const execution& where) const {
        check(points, "gaussian_kde::add_pull_back");
        const std::int64_t n = points.rows();
        require(std::ssize(log_density) == n, "gaussian_kde::add_pull_back", "the size of log_density",
                log_density.size(), "the number of points,", n);
        require(std::ssize(weights) == n, "gaussian_kde::add_pull_back", "the size of weights",
                weights.size(), "the number of points,", n);
        require(gradient.rows() == n && gradient.columns() == points.columns(), "gaussian_kde::add_pull_back",
                "the number of gradient rows", gradient.rows(), "the shape of the points, with rows", n);
        const detail::gaussian_cloud cloud(points, bandwidth);
        const double log_scale = log_normalization(points);
        std::vector<double> shares(cloud.padded_size(), 0.0);
        for (std::size_t i = 0; i < weights.size(); ++i)
            shares[i] = weights[i] * std::exp(-(log_density[i] + log_scale));
        where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            detail::add_kernel_pull_back(cloud, begin, end, shares, gradient);
        });
    }

private:
    static constexpr std::int64_t grain = 256;

    /// log(n (h sqrt(2 pi))^m)
    [[nodiscard]] double log_normalization(matrix_view<const double> points) const {
        return std::log(static_cast<double>(points.rows())) +
               static_cast<double>(points.columns()) *
                   std::log(bandwidth * std::sqrt(2.0 * std::numbers::pi));
    }

    void check(matrix_view<const double> points, std::string_view function) const {
        require(bandwidth > 0 && std::isfinite(bandwidth), function, "bandwidth", bandwidth,
                "positive and finite");
        require_finite(points, function, "points");
    }
};

static_assert(Density<gaussian_kde>);

} // namespace topoprune
