// SPDX-License-Identifier: MIT
#pragma once

#include "centered_products.hpp"

#include "../../../core/detail/dense_products.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE centered_products::centered_products(matrix_view<const float> features,
                                                      const execution& where)
    : features_(features), where_(where), mean_(Eigen::RowVectorXd::Zero(features.columns())) {
    if (samples() == 0)
        return;
    // Relative to the first sample, so that the mean of a constant feature is that constant exactly.
    const Eigen::RowVectorXd first = features_.eigen().row(0).cast<double>();
    for (std::int64_t i = 1; i < samples(); ++i)
        mean_ += features_.eigen().row(i).cast<double>() - first;
    mean_ = first + mean_ / static_cast<double>(samples());
}

TOPOPRUNE_DEFINE matrix<double> centered_products::times(const Eigen::MatrixXd& v) const {
    matrix<double> result = matrix<double>::Zero(samples(), v.cols());
    where_.parallel_ranges(samples(), row_block, [&](std::int64_t begin, std::int64_t end) {
        where_.check_interruption();
        add_product(centered(begin, end, 0, columns()), v, result.middleRows(begin, end - begin));
    });
    return result;
}

TOPOPRUNE_DEFINE Eigen::MatrixXd centered_products::transposed_times(const matrix<double>& y) const {
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

TOPOPRUNE_DEFINE matrix<double> centered_products::covariance() const {
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

TOPOPRUNE_DEFINE matrix<double> centered_products::centered(std::int64_t begin, std::int64_t end,
                                                            std::int64_t first_column,
                                                            std::int64_t last_column) const {
    matrix<double> result(end - begin, last_column - first_column);
    for (std::int64_t i = begin; i < end; ++i)
        for (std::int64_t j = first_column; j < last_column; ++j)
            result(i - begin, j - first_column) = static_cast<double>(features_(i, j)) - mean_[j];
    return result;
}

TOPOPRUNE_DEFINE void centered_products::add_block_product(const matrix<double>& rows, std::int64_t a,
                                                           std::int64_t b, matrix<double>& result) {
    const std::int64_t a_width = std::min(column_block, rows.cols() - a);
    const std::int64_t b_width = std::min(column_block, rows.cols() - b);
    const strided_view<const double> all(rows);
    add_product(all.block(0, a, rows.rows(), a_width).transposed(), all.block(0, b, rows.rows(), b_width),
                result.block(a, b, a_width, b_width));
}

} // namespace topoprune::detail
