// SPDX-License-Identifier: MIT
#pragma once

#include "dense_sums.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double norm(std::span<const double> x) {
    return std::sqrt(squared_norm(x));
}

TOPOPRUNE_DEFINE Eigen::RowVectorXd column_sums(matrix_view<const double> values) {
    Eigen::RowVectorXd sums = Eigen::RowVectorXd::Zero(values.columns());
    for (std::int64_t i = 0; i < values.rows(); ++i)
        for (std::int64_t j = 0; j < values.columns(); ++j)
            sums[j] += values(i, j);
    return sums;
}

TOPOPRUNE_DEFINE Eigen::ArrayXd row_dots(const Eigen::ArrayXXd& a, const Eigen::ArrayXXd& b) {
    Eigen::ArrayXd sums = Eigen::ArrayXd::Zero(a.rows());
    for (Eigen::Index j = 0; j < a.cols(); ++j)
        sums += a.col(j) * b.col(j);
    return sums;
}

TOPOPRUNE_DEFINE void add_multiple(double a, std::span<const double> x, std::span<double> y) {
    using batch = xsimd::batch<double>;
    std::size_t i = 0;
    for (const batch factor(a); i + batch::size <= x.size(); i += batch::size)
        (batch::load_unaligned(y.data() + i) + factor * batch::load_unaligned(x.data() + i))
            .store_unaligned(y.data() + i);
    for (; i < x.size(); ++i)
        y[i] = y[i] + a * x[i];
}

} // namespace topoprune::detail
