// SPDX-License-Identifier: MIT
#pragma once

#include "../../homology/principal_persistence.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <span>

namespace topoprune::detail {

/// The Fourier series of exp(-x^2 / width) with period P along one axis,
///     sum over k of w_k cos(omega_k x),  omega_k = 2 pi k / P,  w_k = a_k sqrt(pi width) / P exp(-omega_k^2
///     width / 4)
/// with a_0 = 1, else 2; and cos(omega (x - y)) = cos(omega x) cos(omega y) + sin(omega x) sin(omega y).
///
/// P exceeds the extent R of the pairs by c sqrt(width), so that the copies of the Gaussian a period away are
/// below exp(-c^2), and terms stop where omega sqrt(width) / 2 = c, where they are as small:
/// c^2 = log(64 / error) keeps the product of two axes within the error.
class fourier_axis {
public:
    fourier_axis(double principal_pair::* coordinate, std::span<const principal_pair> sources,
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

    /// 1, then a cosine and a sine for each frequency.
    [[nodiscard]] double terms() const { return 1 + 2 * frequencies_; }
    [[nodiscard]] Eigen::Index columns() const { return static_cast<Eigen::Index>(terms()); }

    /// w for each column.
    [[nodiscard]] Eigen::ArrayXd weights() const {
        Eigen::ArrayXd result(columns());
        result(0) = height_;
        for (Eigen::Index k = 1; k <= frequencies(); ++k) {
            const auto order = static_cast<double>(k);
            result(cosine(k)) = result(sine(k)) = 2 * height_ * std::exp(-decay_ * order * order);
        }
        return result;
    }

    /// 1, cos(omega_k x), sin(omega_k x) at some pairs, a row each.
    [[nodiscard]] Eigen::ArrayXXd terms_at(std::span<const principal_pair> pairs) const {
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

    /// The derivatives of the terms by the coordinate.
    [[nodiscard]] Eigen::ArrayXXd slopes_of(const Eigen::ArrayXXd& terms) const {
        Eigen::ArrayXXd result(terms.rows(), terms.cols());
        result.col(0).setZero();
        for (Eigen::Index k = 1; k <= frequencies(); ++k) {
            const double omega = first_ * static_cast<double>(k);
            result.col(cosine(k)) = -omega * terms.col(sine(k));
            result.col(sine(k)) = omega * terms.col(cosine(k));
        }
        return result;
    }

private:
    [[nodiscard]] static Eigen::Index cosine(Eigen::Index k) { return 2 * k - 1; }
    [[nodiscard]] static Eigen::Index sine(Eigen::Index k) { return 2 * k; }
    [[nodiscard]] Eigen::Index frequencies() const { return static_cast<Eigen::Index>(frequencies_); }

    double principal_pair::* coordinate_;
    double origin_ = 0;
    double frequencies_ = 0;
    double first_ = 0;
    double height_ = 1;
    double decay_ = 0;
};

} // namespace topoprune::detail
