// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../byte_source.hpp"
#include "element_type.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// What the header of a file says of the numbers behind it.
struct array_header {
    element_type type;
    /// One length per axis, none negative.
    std::vector<std::int64_t> shape;
    /// The first axis runs fastest; else the last one does.
    bool fortran_order = false;

    /// "shape (3, 4) of float32"
    TOPOPRUNE_DECLARE [[nodiscard]] std::string text() const;
};

/// An array as a table: the first axis makes the rows, the others together the columns.
struct table_shape {
    std::int64_t rows = 0;
    std::int64_t columns = 0;

    [[nodiscard]] std::int64_t count() const { return rows * columns; }
};

/// How a message goes on that names the type of an array which is none of numbers.
inline constexpr std::string_view must_be_number =
    ", must be a float (f2, f4, f8), an integer (i1 to i8, u1 to u8) or a bool (b1)";

/// The table of an array whose data `source` can still hold; refuses what no memory or no file of this size
/// could hold before any memory is taken. For plain files the size must be met exactly.
TOPOPRUNE_DECLARE [[nodiscard]] table_shape checked_table(const byte_source& source,
                                                          const array_header& header);

/// The same for an array of one axis, or n x 1, which has one column.
TOPOPRUNE_DECLARE [[nodiscard]] table_shape checked_column(const byte_source& source,
                                                           const array_header& header);

/// Where the columns of a table lie if the array is in Fortran order: entry k is the column that the k-th
/// stretch of data belongs to. Column numbers are those of C order, in which the last axis runs fastest.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> fortran_columns(const array_header& header,
                                                                          std::int64_t columns);

/// Row and column of the number at position `index` of the data.
TOPOPRUNE_DECLARE [[nodiscard]] std::pair<std::int64_t, std::int64_t>
place_of(const array_header& header, const table_shape& table, std::int64_t index);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "array_header.ipp"
#endif
