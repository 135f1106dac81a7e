// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/detail/dense_products.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cstdint>

namespace topoprune::detail {

/// Products with X, the n x d features minus their column means, in double. X itself is never stored: blocks
/// of its rows are widened and centered when they are needed. Tasks own blocks of the result and walk the
/// samples in ascending order, so the sums have one order whatever the threads.
class centered_products {
public:
    centered_products(matrix_view<const float> features, const execution& where)
        : features_(features), where_(where), mean_(Eigen::RowVectorXd::Zero(features.columns())) {
        if (samples() == 0)
            return;
        // Relative to the first sample, so that the mean of a constant feature is that constant exactly.
        const Eigen::RowVectorXd first = features_.eigen().row(0).cast<double>();
        for (std::int64_t i = 1; i < samples(); ++i)
            mean_ += features_.eigen().row(i).cast<double>() - first;
        mean_ = first + mean_ / static_cast<double>(samples());
    }

    [[nodiscard]] std::int64_t samples() const { return features_.rows(); }
    [[nodiscard]] std::int64_t columns() const { return features_.columns(); }
    [[nodiscard]] const Eigen::RowVectorXd& mean() const { return mean_; }

    /// X V, n x m, for V of d x m. 2 n d m operations.
    [[nodiscard]] matrix<double> times(const Eigen::MatrixXd& v) const {
        matrix<double> result = matrix<double>::Zero(samples(), v.cols());
        where_.parallel_ranges(samples(), row_block, [&](std::int64_t begin, std::int64_t end) {
            where_.check_interruption();
            add_product(centered(begin, end, 0, columns()), v, result.middleRows(begin, end - begin));
        });
        return result;
    }

    /// X^T Y, d x m, for Y of n x m. 2 n d m operations.
    [[nodiscard]] Eigen::MatrixXd transposed_times(const matrix<double>& y) const {
        Eigen::MatrixXd result = Eigen::MatrixXd::Zero(columns(), y.cols());
        where_.parallel_ranges(columns(), column_block, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t row = 0; row < samples(); row += row_block) {
                where_.check_interruption();
                const std::int64_t rows = std::min(row_block, samples() - row);
                const matrix<double> some = centered(row, row + rows, begin, end);
                add_product(strided_view<const double>(some).transposed(), y.middleRows(row, rows),
                            result.middleRows(begin, end - begin));
            }
        });
        return result;
    }

    /// The covariance X^T X / n, d x d. n d^2 operations, and 8 d^2 bytes.
    [[nodiscard]] matrix<double> covariance() const {
        const std::int64_t blocks = (columns() + column_block - 1) / column_block;
        matrix<double> result = matrix<double>::Zero(columns(), columns());
        for (std::int64_t begin = 0; begin < samples(); begin += row_block) {
            where_.check_interruption();
            const matrix<double> rows = centered(begin, std::min(samples(), begin + row_block), 0, columns());
            where_.parallel_for(blocks * blocks, [&](std::int64_t task) {
                const std::int64_t a = task / blocks, b = task % blocks;
                if (a <= b)
                    add_block_product(rows, a * column_block, b * column_block, result);
            });
        }
        const double n = static_cast<double>(std::max<std::int64_t>(samples(), 1));
        for (std::int64_t i = 0; i < columns(); ++i)
            for (std::int64_t j = i; j < columns(); ++j)
                result(i, j) = result(j, i) = result(i, j) / n;
        return result;
    }

private:
    static constexpr std::int64_t row_block = 512;
    static constexpr std::int64_t column_block = 128;

    [[nodiscard]] matrix<double> centered(std::int64_t begin, std::int64_t end, std::int64_t first_column,
                                          std::int64_t last_column) const {
        matrix<double> result(end - begin, last_column - first_column);
        for (std::int64_t i = begin; i < end; ++i)
            for (std::int64_t j = first_column; j < last_column; ++j)
                result(i - begin, j - first_column) = static_cast<double>(features_(i, j)) - mean_[j];
        return result;
    }

    static void add_block_product(const matrix<double>& rows, std::int64_t a, std::int64_t b,
                                  matrix<double>& result) {
        const std::int64_t a_width = std::min(column_block, rows.cols() - a);
        const std::int64_t b_width = std::min(column_block, rows.cols() - b);
        const strided_view<const double> all(rows);
        add_product(all.block(0, a, rows.rows(), a_width).transposed(), all.block(0, b, rows.rows(), b_width),
                    result.block(a, b, a_width, b_width));
    }

    matrix_view<const float> features_;
    const execution& where_;
    Eigen::RowVectorXd mean_;
};

} // namespace topoprune::detail
