// SPDX-License-Identifier: MIT
#pragma once

#include "../compiled.hpp"

#include <Eigen/Core>

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
TOPOPRUNE_DECLARE double remove_components(Eigen::MatrixXd& columns, std::int64_t c);

/// The axis that is farthest from the span of the columns before column c.
TOPOPRUNE_DECLARE [[nodiscard]] std::int64_t least_covered_axis(Eigen::MatrixXd& columns, std::int64_t c);

/// Gram and Schmidt's orthonormalization, twice for each column: twice is enough (Parlett 1998, section 6.9)
/// unless the second pass still takes most of what the first has left. Such a column depends on those before
/// it up to rounding; an axis takes its place, so that the basis is orthonormal whatever the rank.
/// At most as many columns as rows. O(rows columns^2).
TOPOPRUNE_DECLARE void orthonormalize(Eigen::MatrixXd& columns);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "orthonormal_columns.ipp"
#endif
