// SPDX-License-Identifier: MIT
#pragma once

#include "orthonormal_columns.hpp"

#include "../checks.hpp"
#include "dense_sums.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double remove_components(Eigen::MatrixXd& columns, std::int64_t c) {
    const std::span<double> column = column_of(columns, c);
    for (std::int64_t before = 0; before < c; ++before)
        add_multiple(-dot(column_of(columns, before), column), column_of(columns, before), column);
    return norm(column);
}

TOPOPRUNE_DEFINE std::int64_t least_covered_axis(Eigen::MatrixXd& columns, std::int64_t c) {
    std::vector<double> covered(static_cast<std::size_t>(columns.rows()), 0.0);
    for (std::int64_t before = 0; before < c; ++before) {
        const std::span<const double> column = column_of(columns, before);
        for (std::size_t i = 0; i < covered.size(); ++i)
            covered[i] += column[i] * column[i];
    }
    return std::min_element(covered.begin(), covered.end()) - covered.begin();
}

TOPOPRUNE_DEFINE void orthonormalize(Eigen::MatrixXd& columns) {
    require(columns.cols() <= columns.rows(), "orthonormalize", "the number of columns", columns.cols(),
            "at most that of the rows,", columns.rows());
    for (std::int64_t c = 0; c < columns.cols(); ++c) {
        const double once = remove_components(columns, c);
        double length = remove_components(columns, c);
        if (!(length > 0.5 * once)) {
            const std::int64_t axis = least_covered_axis(columns, c);
            std::ranges::fill(column_of(columns, c), 0.0);
            columns(axis, c) = 1;
            remove_components(columns, c);
            length = remove_components(columns, c);
        }
        for (double& value : column_of(columns, c))
            value /= length;
    }
}

} // namespace topoprune::detail
