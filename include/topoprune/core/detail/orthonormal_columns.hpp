// SPDX-License-Identifier: MIT
#pragma once

#include "../checks.hpp"
#include "dense_sums.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Column c of a matrix whose columns are contiguous.
[[nodiscard]] inline std::span<double> column_of(Eigen::MatrixXd& columns, std::int64_t c) {
    return {columns.data() + c * columns.rows(), static_cast<std::size_t>(columns.rows())};
}

/// Takes from column c what lies along the columns before it, which are orthonormal. Returns what length is
/// left.
inline double remove_components(Eigen::MatrixXd& columns, std::int64_t c) {
    const std::span<double> column = column_of(columns, c);
    for (std::int64_t before = 0; before < c; ++before)
        add_multiple(-dot(column_of(columns, before), column), column_of(columns, before), column);
    return norm(column);
}

/// The axis that is farthest from the span of the columns before column c.
[[nodiscard]] inline std::int64_t least_covered_axis(Eigen::MatrixXd& columns, std::int64_t c) {
    std::vector<double> covered(static_cast<std::size_t>(columns.rows()), 0.0);
    for (std::int64_t before = 0; before < c; ++before) {
        const std::span<const double> column = column_of(columns, before);
        for (std::size_t i = 0; i < covered.size(); ++i)
            covered[i] += column[i] * column[i];
    }
    return std::min_element(covered.begin(), covered.end()) - covered.begin();
}

/// Gram and Schmidt's orthonormalization, twice for each column: twice is enough (Parlett 1998, section 6.9)
/// unless the second pass still takes most of what the first has left. Such a column depends on those before
/// it up to rounding; an axis takes its place, so that the basis is orthonormal whatever the rank.
/// At most as many columns as rows. O(rows columns^2).
inline void orthonormalize(Eigen::MatrixXd& columns) {
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
