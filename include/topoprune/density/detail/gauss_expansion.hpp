// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/detail/dense_products.hpp"
#include "ball_volume.hpp"

#include <Eigen/Core>

#include <cmath>
#include <cstdint>
#include <numbers>

/// The Gaussian k(x - y) = exp(-(x - y)^2) between two intervals of half length a, as a sum of Chebyshev
/// polynomials of both places:
///     k(x - y) = sum_st C_st T_s(x / a) T_t(y / a),   s, t < p,
/// the interpolant at the p Chebyshev nodes of both intervals. Chebyshev polynomials take the place of the
/// Hermite and Taylor series of Greengard and Strain (1991): for the same error they need two thirds of the
/// terms. The Gaussian of the plane is the product of two on the line.
namespace topoprune::detail {

/// Bounds of the errors of the plane's Gaussian and of its gradient by one charge, uniform over all pairs of
/// boxes of half side a:
///
/// - Cramer: |d^p exp(-t^2) / dt^p| <= H_p = 1.0865 2^(p/2) sqrt(p!).
/// - Interpolation at p nodes errs by at most e = 2 (a/2)^p H_p / p!, its derivative by at most
///   2 (a/2)^p ((p^2/a) H_p / p! + H_(p+1) / (p+1)!). It magnifies what it interpolates by at most
///   L = 1 + (2/pi) log p (Lebesgue), the derivative by at most L p^2 / a (Markov).
/// - So on the line, with both places interpolated, the value errs by e1 = (1 + L) e and the slope by d1; a
///   product of two lines adds up, with |k| <= 1 and |k'| < 0.86.
struct gauss_expansion_error {
    double value = 0;
    double slope = 0;

    gauss_expansion_error(std::int64_t terms, double half_side) {
        const auto p = static_cast<double>(terms);
        const double root_factorial = std::exp(0.5 * log_factorial(terms));
        constexpr double cramer = 1.0865;
        const double e = 2 * cramer * std::pow(half_side / std::numbers::sqrt2, p) / root_factorial;
        const double next = e * std::sqrt(2.0 / (p + 1));
        const double lebesgue = 1 + 2 / std::numbers::pi * std::log(p);
        const double markov = p * p / half_side;
        const double e1 = (1 + lebesgue) * e;
        const double d1 = markov * e + next + lebesgue * markov * e;
        value = e1 * (2 + e1);
        slope = d1 + (0.86 + d1) * e1;
    }
};

/// The nodes of p Chebyshev polynomials on [-1, 1].
[[nodiscard]] inline Eigen::VectorXd chebyshev_nodes(std::int64_t terms) {
    Eigen::VectorXd nodes(terms);
    for (std::int64_t s = 0; s < terms; ++s)
        nodes(s) = std::cos(std::numbers::pi * (static_cast<double>(s) + 0.5) / static_cast<double>(terms));
    return nodes;
}

/// C: p x p, for intervals whose centers lie `distance` apart.
[[nodiscard]] inline Eigen::MatrixXd gauss_expansion(std::int64_t terms, double half_side, double distance) {
    const Eigen::VectorXd nodes = chebyshev_nodes(terms);
    Eigen::MatrixXd to_coefficients(terms, terms);
    for (std::int64_t s = 0; s < terms; ++s)
        for (std::int64_t node = 0; node < terms; ++node)
            to_coefficients(s, node) =
                (s == 0 ? 1.0 : 2.0) / static_cast<double>(terms) *
                std::cos(std::numbers::pi * static_cast<double>(s) * (static_cast<double>(node) + 0.5) /
                         static_cast<double>(terms));
    Eigen::MatrixXd values(terms, terms);
    for (std::int64_t s = 0; s < terms; ++s)
        for (std::int64_t t = 0; t < terms; ++t) {
            const double apart = distance + half_side * (nodes(s) - nodes(t));
            values(s, t) = std::exp(-apart * apart);
        }
    Eigen::MatrixXd half = Eigen::MatrixXd::Zero(terms, terms), result = half;
    add_product(to_coefficients, values, half);
    add_product(half, strided_view<const double>(to_coefficients).transposed(), result);
    return result;
}

/// Columns T_0(x), ..., T_(p-1)(x) for the points x of [-1, 1].
inline void write_chebyshev(const Eigen::Ref<const Eigen::ArrayXd>& x, Eigen::ArrayXXd& values) {
    const Eigen::Index terms = values.cols();
    values.col(0).setOnes();
    if (terms > 1)
        values.col(1) = x;
    for (Eigen::Index s = 2; s < terms; ++s)
        values.col(s) = 2.0 * x * values.col(s - 1) - values.col(s - 2);
}

/// Columns T'_0(x), ..., T'_(p-1)(x), given those of T: T'_s = 2 T_(s-1) + 2 x T'_(s-1) - T'_(s-2).
inline void write_chebyshev_slopes(const Eigen::Ref<const Eigen::ArrayXd>& x, const Eigen::ArrayXXd& values,
                                   Eigen::ArrayXXd& slopes) {
    const Eigen::Index terms = values.cols();
    slopes.col(0).setZero();
    if (terms > 1)
        slopes.col(1).setOnes();
    for (Eigen::Index s = 2; s < terms; ++s)
        slopes.col(s) = 2.0 * values.col(s - 1) + 2.0 * x * slopes.col(s - 1) - slopes.col(s - 2);
}

} // namespace topoprune::detail
