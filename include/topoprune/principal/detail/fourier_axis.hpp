// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "principal_sampler.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
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
    TOPOPRUNE_DECLARE fourier_axis(double principal_pair::* coordinate,
                                   std::span<const principal_pair> sources,
                                   std::span<const principal_pair> targets, double width, double error);

    /// 1, then a cosine and a sine for each frequency.
    [[nodiscard]] double terms() const { return 1 + 2 * frequencies_; }
    [[nodiscard]] Eigen::Index columns() const { return static_cast<Eigen::Index>(terms()); }

    /// w for each column.
    TOPOPRUNE_DECLARE [[nodiscard]] Eigen::ArrayXd weights() const;

    /// 1, cos(omega_k x), sin(omega_k x) at some pairs, a row each.
    TOPOPRUNE_DECLARE [[nodiscard]] Eigen::ArrayXXd terms_at(std::span<const principal_pair> pairs) const;

    /// The derivatives of the terms by the coordinate.
    TOPOPRUNE_DECLARE [[nodiscard]] Eigen::ArrayXXd slopes_of(const Eigen::ArrayXXd& terms) const;

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

#if !defined(TOPOPRUNE_COMPILED)
#include "fourier_axis.ipp"
#endif
