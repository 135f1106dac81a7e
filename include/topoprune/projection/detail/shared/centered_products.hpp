// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"

#include <Eigen/Core>

#include <cstdint>

namespace topoprune::detail {

/// Products with X, the n x d features minus their column means, in double. X itself is never stored: blocks
/// of its rows are widened and centered when they are needed. Tasks own blocks of the result and walk the
/// samples in ascending order, so the sums have one order whatever the threads.
class centered_products {
public:
    TOPOPRUNE_DECLARE centered_products(matrix_view<const float> features, const execution& where);

    [[nodiscard]] std::int64_t samples() const { return features_.rows(); }
    [[nodiscard]] std::int64_t columns() const { return features_.columns(); }
    [[nodiscard]] const Eigen::RowVectorXd& mean() const { return mean_; }

    /// X V, n x m, for V of d x m. 2 n d m operations.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> times(const Eigen::MatrixXd& v) const;

    /// X^T Y, d x m, for Y of n x m. 2 n d m operations.
    TOPOPRUNE_DECLARE [[nodiscard]] Eigen::MatrixXd transposed_times(const matrix<double>& y) const;

    /// The covariance X^T X / n, d x d. n d^2 operations, and 8 d^2 bytes.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> covariance() const;

private:
    static constexpr std::int64_t row_block = 512;
    static constexpr std::int64_t column_block = 128;

    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double>
    centered(std::int64_t begin, std::int64_t end, std::int64_t first_column, std::int64_t last_column) const;

    TOPOPRUNE_DECLARE static void add_block_product(const matrix<double>& rows, std::int64_t a,
                                                    std::int64_t b, matrix<double>& result);

    matrix_view<const float> features_;
    const execution& where_;
    Eigen::RowVectorXd mean_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "centered_products.ipp"
#endif
