// SPDX-License-Identifier: MIT
#pragma once

#include "array_header.hpp"

#include <algorithm>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string array_header::text() const {
    std::string result = "shape (";
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        result += (axis > 0 ? ", " : "") + std::to_string(shape[axis]);
    return result + (shape.size() == 1 ? ",) of " : ") of ") + type.name();
}

TOPOPRUNE_DEFINE table_shape checked_table(const byte_source& source, const array_header& header) {
    constexpr std::int64_t widest = std::numeric_limits<std::int32_t>::max();
    constexpr auto most =
        std::numeric_limits<std::int64_t>::max() / static_cast<std::int64_t>(sizeof(double));
    if (header.shape.empty())
        source.fail("shape is (), must have at least one axis");
    const auto times = [&](std::int64_t a, std::int64_t b) {
        if (b != 0 && a > most / b)
            source.fail(header.text() + " is more than any memory holds");
        return a * b;
    };
    table_shape table{.rows = header.shape[0], .columns = 1};
    for (std::size_t axis = 1; axis < header.shape.size(); ++axis)
        table.columns = times(table.columns, header.shape[axis]);
    if (table.columns == 0 || table.columns > widest)
        source.fail(header.text() + " makes " + std::to_string(table.columns) +
                    " columns, must be between 1 and " + std::to_string(widest));
    times(times(table.rows, table.columns), static_cast<std::int64_t>(header.type.bytes / 8));

    const auto needed =
        static_cast<std::uint64_t>(table.count()) * static_cast<std::uint64_t>(header.type.bytes);
    const std::uint64_t left = source.bytes_left_at_most();
    const std::string needs = header.text() + " needs " + std::to_string(needed) + " bytes of data, ";
    if (needed > left)
        source.fail("truncated: " + needs + (source.size_known() ? "only " : "at most ") +
                    std::to_string(left) + " there");
    if (source.size_known() && needed < left)
        source.fail("too long: " + needs + std::to_string(left) + " there");
    return table;
}

TOPOPRUNE_DEFINE table_shape checked_column(const byte_source& source, const array_header& header) {
    const table_shape table = checked_table(source, header);
    if (table.columns != 1)
        source.fail(header.text() + " makes " + std::to_string(table.columns) + " columns, must be 1");
    return table;
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> fortran_columns(const array_header& header, std::int64_t columns) {
    std::vector<std::int64_t> result(static_cast<std::size_t>(columns));
    for (std::int64_t k = 0; k < columns; ++k) {
        std::int64_t rest = k;
        std::int64_t stride = columns;
        std::int64_t column = 0;
        for (std::size_t axis = 1; axis < header.shape.size(); ++axis) {
            stride /= header.shape[axis];
            column += rest % header.shape[axis] * stride;
            rest /= header.shape[axis];
        }
        result[static_cast<std::size_t>(k)] = column;
    }
    return result;
}

TOPOPRUNE_DEFINE std::pair<std::int64_t, std::int64_t>
place_of(const array_header& header, const table_shape& table, std::int64_t index) {
    if (!header.fortran_order)
        return {index / table.columns, index % table.columns};
    const auto stretch = static_cast<std::size_t>(index / table.rows);
    return {index % table.rows, fortran_columns(header, table.columns)[stretch]};
}

} // namespace topoprune::detail
