// SPDX-License-Identifier: MIT
#pragma once

#include "gauss_expansion.hpp"

#include "../../core/detail/dense_products.hpp"
#include "ball_volume.hpp"

#include <cmath>
#include <numbers>

namespace topoprune::detail {

TOPOPRUNE_DEFINE gauss_expansion_error::gauss_expansion_error(std::int64_t terms, double half_side) {
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

TOPOPRUNE_DEFINE Eigen::VectorXd chebyshev_nodes(std::int64_t terms) {
    Eigen::VectorXd nodes(terms);
    for (std::int64_t s = 0; s < terms; ++s)
        nodes(s) = std::cos(std::numbers::pi * (static_cast<double>(s) + 0.5) / static_cast<double>(terms));
    return nodes;
}

TOPOPRUNE_DEFINE Eigen::MatrixXd gauss_expansion(std::int64_t terms, double half_side, double distance) {
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

TOPOPRUNE_DEFINE void write_chebyshev(const Eigen::Ref<const Eigen::ArrayXd>& x, Eigen::ArrayXXd& values) {
    const Eigen::Index terms = values.cols();
    values.col(0).setOnes();
    if (terms > 1)
        values.col(1) = x;
    for (Eigen::Index s = 2; s < terms; ++s)
        values.col(s) = 2.0 * x * values.col(s - 1) - values.col(s - 2);
}

TOPOPRUNE_DEFINE void write_chebyshev_slopes(const Eigen::Ref<const Eigen::ArrayXd>& x,
                                             const Eigen::ArrayXXd& values, Eigen::ArrayXXd& slopes) {
    const Eigen::Index terms = values.cols();
    slopes.col(0).setZero();
    if (terms > 1)
        slopes.col(1).setOnes();
    for (Eigen::Index s = 2; s < terms; ++s)
        slopes.col(s) = 2.0 * values.col(s - 1) + 2.0 * x * slopes.col(s - 1) - slopes.col(s - 2);
}

} // namespace topoprune::detail
