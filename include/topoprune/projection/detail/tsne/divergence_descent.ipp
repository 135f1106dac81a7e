// SPDX-License-Identifier: MIT
#pragma once

#include "divergence_descent.hpp"

#include "../../../core/checks.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE divergence_descent::divergence_descent(weighted_graph p, const matrix<double>& start)
    : p_(std::move(p)), dimensions_(start.cols()), points_(static_cast<std::size_t>(start.rows())),
      moved_(points_.size()), velocities_(points_.size()), gains_(points_.size()) {
    require(start.rows() == p_.vertices(), "tsne", "rows of the start", start.rows(),
            "the number of samples,", p_.vertices());
    require(dimensions_ == 1 || dimensions_ == 2, "tsne", "dimensions", dimensions_, "1 or 2");
    for (std::size_t i = 0; i < points_.size(); ++i) {
        points_.x[i] = static_cast<float>(start(static_cast<Eigen::Index>(i), 0));
        if (dimensions_ == 2)
            points_.y[i] = static_cast<float>(start(static_cast<Eigen::Index>(i), 1));
    }
    std::fill(gains_.x.begin(), gains_.x.end(), 1.0F);
    std::fill(gains_.y.begin(), gains_.y.end(), 1.0F);
}

TOPOPRUNE_DEFINE void divergence_descent::iterate(const descent_phase& phase, const execution& where) {
    if (points_.size() < 2)
        return;
    repel(where);
    const auto n = static_cast<std::int64_t>(points_.size());
    std::vector<std::array<double, 2>> sums(static_cast<std::size_t>((n + grain - 1) / grain));
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        sums[static_cast<std::size_t>(begin / grain)] = move_rows(phase, begin, end);
    });
    std::array<double, 2> mean{};
    for (const auto& sum : sums)
        for (std::size_t c = 0; c < 2; ++c)
            mean[c] += sum[c] / static_cast<double>(n);
    // The picture stays around 0, where floats are finest.
    for (std::size_t i = 0; i < points_.size(); ++i) {
        points_.x[i] = moved_.x[i] - static_cast<float>(mean[0]);
        points_.y[i] = moved_.y[i] - static_cast<float>(mean[1]);
    }
}

TOPOPRUNE_DEFINE matrix<double> divergence_descent::positions() const {
    matrix<double> result(static_cast<Eigen::Index>(points_.size()), dimensions_);
    for (Eigen::Index i = 0; i < result.rows(); ++i) {
        result(i, 0) = static_cast<double>(points_.x[static_cast<std::size_t>(i)]);
        if (dimensions_ == 2)
            result(i, 1) = static_cast<double>(points_.y[static_cast<std::size_t>(i)]);
    }
    return result;
}

TOPOPRUNE_DEFINE double divergence_descent::divergence(const execution& where) {
    if (points_.size() < 2)
        return 0;
    repel(where);
    return divergence_without_normalization(p_, points_, where) + std::log(repulsion_.normalization);
}

TOPOPRUNE_DEFINE matrix<double> divergence_descent::gradient(double exaggeration, const execution& where) {
    repel(where);
    matrix<double> result(static_cast<Eigen::Index>(points_.size()), dimensions_);
    for (Eigen::Index i = 0; i < result.rows(); ++i) {
        const planar_vector g = slope(exaggeration, i);
        result(i, 0) = static_cast<double>(g.x);
        if (dimensions_ == 2)
            result(i, 1) = static_cast<double>(g.y);
    }
    return result;
}

TOPOPRUNE_DEFINE void divergence_descent::repel(const execution& where) {
    if (static_cast<std::int64_t>(points_.size()) < interpolate_from)
        sum_exact_repulsion(points_, repulsion_, where);
    else
        interpolated_.sum(points_, repulsion_, where);
}

TOPOPRUNE_DEFINE_OUT_OF_LINE planar_vector divergence_descent::slope(double exaggeration,
                                                                     std::int64_t i) const {
    const planar_vector pull = pull_of_row(p_, points_, i);
    const auto at = static_cast<std::size_t>(i);
    const auto scale = static_cast<float>(1 / repulsion_.normalization);
    const auto more = static_cast<float>(exaggeration);
    planar_vector g{more * pull.x - scale * repulsion_.forces.x[at],
                    more * pull.y - scale * repulsion_.forces.y[at]};
    if (dimensions_ == 1)
        g.y = 0;
    return g;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE std::array<double, 2>
divergence_descent::move_rows(const descent_phase& phase, std::int64_t begin, std::int64_t end) {
    const auto rate = static_cast<float>(phase.learning_rate);
    const auto momentum = static_cast<float>(phase.momentum);
    const auto step = [&](float& velocity, float& gain, float g) {
        const int sign_v = (velocity > 0) - (velocity < 0), sign_g = (g > 0) - (g < 0);
        gain = sign_v != sign_g ? gain + 0.2F : gain * 0.8F + least_gain;
        velocity = momentum * velocity - rate * gain * g;
    };
    std::array<double, 2> sum{};
    for (std::int64_t i = begin; i < end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const planar_vector g = slope(phase.exaggeration, i);
        float &vx = velocities_.x[at], &vy = velocities_.y[at];
        step(vx, gains_.x[at], g.x);
        step(vy, gains_.y[at], g.y);
        const float length = std::sqrt(vx * vx + vy * vy);
        if (!(length <= longest_step)) {
            const float shorter = std::isfinite(length) ? longest_step / length : 0.0F;
            vx = std::isfinite(vx) ? vx * shorter : 0.0F;
            vy = std::isfinite(vy) ? vy * shorter : 0.0F;
        }
        moved_.x[at] = points_.x[at] + vx;
        moved_.y[at] = points_.y[at] + vy;
        sum[0] += static_cast<double>(moved_.x[at]);
        sum[1] += static_cast<double>(moved_.y[at]);
    }
    return sum;
}

} // namespace topoprune::detail
