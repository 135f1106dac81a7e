// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <Eigen/Core>

#include <cstdint>

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

    TOPOPRUNE_DECLARE gauss_expansion_error(std::int64_t terms, double half_side);
};

/// The nodes of p Chebyshev polynomials on [-1, 1].
TOPOPRUNE_DECLARE [[nodiscard]] Eigen::VectorXd chebyshev_nodes(std::int64_t terms);

/// C: p x p, for intervals whose centers lie `distance` apart.
TOPOPRUNE_DECLARE [[nodiscard]] Eigen::MatrixXd gauss_expansion(std::int64_t terms, double half_side,
                                                                double distance);

/// Columns T_0(x), ..., T_(p-1)(x) for the points x of [-1, 1].
TOPOPRUNE_DECLARE void write_chebyshev(const Eigen::Ref<const Eigen::ArrayXd>& x, Eigen::ArrayXXd& values);

/// Columns T'_0(x), ..., T'_(p-1)(x), given those of T: T'_s = 2 T_(s-1) + 2 x T'_(s-1) - T'_(s-2).
TOPOPRUNE_DECLARE void write_chebyshev_slopes(const Eigen::Ref<const Eigen::ArrayXd>& x,
                                              const Eigen::ArrayXXd& values, Eigen::ArrayXXd& slopes);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "gauss_expansion.ipp"
#endif
