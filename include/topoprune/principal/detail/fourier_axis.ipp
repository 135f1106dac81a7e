// SPDX-License-Identifier: MIT
#pragma once

#include "fourier_axis.hpp"

#include "../principal_persistence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace topoprune::detail {

TOPOPRUNE_DEFINE
fourier_axis::fourier_axis(double principal_pair::* coordinate, std::span<const principal_pair> sources,
                           std::span<const principal_pair> targets, double width, double error)
    : coordinate_(coordinate) {
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    for (const auto& pairs : {sources, targets})
        for (const principal_pair& pair : pairs) {
            least = std::min(least, pair.*coordinate);
            most = std::max(most, pair.*coordinate);
        }
    origin_ = least;
    if (least == most)
        return;
    const double unit = std::sqrt(width);
    const double cut = std::sqrt(std::log(64 / error));
    const double period = (most - least) + cut * unit;
    // Beyond any use; the caller looks at terms() first.
    frequencies_ = std::min(std::ceil(cut / unit * period / std::numbers::pi), 1e9);
    first_ = 2 * std::numbers::pi / period;
    height_ = std::sqrt(std::numbers::pi) * unit / period;
    decay_ = first_ * first_ * width / 4;
}

TOPOPRUNE_DEFINE Eigen::ArrayXd fourier_axis::weights() const {
    Eigen::ArrayXd result(columns());
    result(0) = height_;
    for (Eigen::Index k = 1; k <= frequencies(); ++k) {
        const auto order = static_cast<double>(k);
        result(cosine(k)) = result(sine(k)) = 2 * height_ * std::exp(-decay_ * order * order);
    }
    return result;
}

TOPOPRUNE_DEFINE Eigen::ArrayXXd fourier_axis::terms_at(std::span<const principal_pair> pairs) const {
    const auto rows = static_cast<Eigen::Index>(pairs.size());
    Eigen::ArrayXXd result(rows, columns());
    result.col(0).setOnes();
    if (frequencies() == 0)
        return result;
    for (Eigen::Index i = 0; i < rows; ++i) {
        const double angle = first_ * (pairs[static_cast<std::size_t>(i)].*coordinate_ - origin_);
        result(i, cosine(1)) = std::cos(angle);
        result(i, sine(1)) = std::sin(angle);
    }
    const Eigen::ArrayXd c = result.col(cosine(1));
    const Eigen::ArrayXd s = result.col(sine(1));
    for (Eigen::Index k = 2; k <= frequencies(); ++k) {
        result.col(cosine(k)) = result.col(cosine(k - 1)) * c - result.col(sine(k - 1)) * s;
        result.col(sine(k)) = result.col(sine(k - 1)) * c + result.col(cosine(k - 1)) * s;
    }
    return result;
}

TOPOPRUNE_DEFINE Eigen::ArrayXXd fourier_axis::slopes_of(const Eigen::ArrayXXd& terms) const {
    Eigen::ArrayXXd result(terms.rows(), terms.cols());
    result.col(0).setZero();
    for (Eigen::Index k = 1; k <= frequencies(); ++k) {
        const double omega = first_ * static_cast<double>(k);
        result.col(cosine(k)) = -omega * terms.col(sine(k));
        result.col(sine(k)) = omega * terms.col(cosine(k));
    }
    return result;
}

} // namespace topoprune::detail
