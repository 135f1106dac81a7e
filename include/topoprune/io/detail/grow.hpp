// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/matrix.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

/// Memory for numbers whose count is only claimed: it grows with what has really been read. The numbers of a
/// matrix grow as one column, which Eigen extends in place where it can, and get their shape at the end.
namespace topoprune::detail {

template <class T>
[[nodiscard]] std::int64_t count_of(const std::vector<T>& values) {
    return static_cast<std::int64_t>(values.size());
}

template <class T>
[[nodiscard]] std::int64_t count_of(const matrix<T>& column) {
    return column.size();
}

template <class T>
void set_count(std::vector<T>& values, std::int64_t count) {
    values.resize(static_cast<std::size_t>(count));
}

template <class T>
void set_count(matrix<T>& column, std::int64_t count) {
    column.conservativeResize(count, 1);
}

/// Makes room for `needed` numbers, and for twice what there was, but never for more than `most`.
template <class Values>
void make_room(Values& values, std::int64_t needed, std::int64_t most) {
    if (needed > count_of(values))
        set_count(values, std::min(most, std::max(needed, 2 * count_of(values))));
}

/// Gives the grown column its shape; rows * columns is its count, so that Eigen keeps the numbers in place.
template <class T>
void set_shape(matrix<T>& column, std::int64_t rows, std::int64_t columns) {
    column.resize(rows, columns);
}

} // namespace topoprune::detail
