// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "byte_source.hpp"
#include "csv_reader.hpp"
#include "detail/grow.hpp"

#include <cmath>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

/// Tables of numbers as text, plain or gzipped, separated by commas, semicolons, tabs or blanks, as
/// csv_reader finds out. A first line in which no field is a number is the header and is skipped; one in
/// which only some are is refused, because a damaged number would make a header of a row. Empty fields, NaN,
/// infinities, lines of another length and files of a header alone are refused with line and column. O(size)
/// time; numbers are parsed by std::from_chars.
namespace topoprune {

namespace detail {

inline constexpr std::string_view no_column_name =
    "the header has no name for this column, as if it held row names";

/// True if no field of the line that the reader is at is a number, but some are texts.
TOPOPRUNE_DECLARE [[nodiscard]] bool has_no_number(const csv_reader& reader);

/// True if the line that the reader is at is a header, in which every column must have a name.
TOPOPRUNE_DECLARE [[nodiscard]] bool is_csv_header(const csv_reader& reader);

/// Goes to the first line, which must be there.
inline void go_to_first_line(byte_source& source, csv_reader& reader) {
    if (!reader.next())
        source.fail("holds only blank lines");
}

/// Goes behind the header if the reader is at one, where a row must be.
TOPOPRUNE_DECLARE void go_to_first_row(byte_source& source, csv_reader& reader);

/// Refuses a line of more than one column.
TOPOPRUNE_DECLARE void require_one_column(const csv_reader& reader);

} // namespace detail

/// The table, n x d, row-major. A number beyond the range of T is refused.
template <std::floating_point T>
[[nodiscard]] matrix<T> read_csv_matrix(byte_source& source) {
    csv_reader reader(source);
    matrix<T> values(0, 1);
    std::int64_t count = 0;
    std::int64_t rows = 0;
    detail::go_to_first_line(source, reader);
    const auto columns = static_cast<std::int64_t>(reader.fields().size());
    detail::go_to_first_row(source, reader);
    for (bool more = true; more; more = reader.next(), ++rows) {
        detail::make_room(values, count + columns, std::numeric_limits<std::int64_t>::max());
        for (std::size_t at = 0; at < reader.fields().size(); ++at) {
            const auto value = static_cast<T>(reader.number<double>(at));
            if (!std::isfinite(value))
                reader.fail_at(at, detail::quoted(reader.fields()[at]) + " is beyond the range of float" +
                                       std::to_string(8 * sizeof(T)));
            values.data()[count++] = value;
        }
    }
    detail::set_count(values, count);
    detail::set_shape(values, rows, columns);
    return values;
}

template <std::floating_point T>
[[nodiscard]] matrix<T> read_csv_matrix(const std::filesystem::path& path) {
    byte_source source(path);
    return read_csv_matrix<T>(source);
}

#if defined(TOPOPRUNE_COMPILED)
extern template matrix<float> read_csv_matrix(byte_source& source);
extern template matrix<double> read_csv_matrix(byte_source& source);
#endif

/// A single column of 64-bit integers.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> read_csv_integers(byte_source& source);

[[nodiscard]] inline std::vector<std::int64_t> read_csv_integers(const std::filesystem::path& path) {
    byte_source source(path);
    return read_csv_integers(source);
}

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "csv.ipp"
#endif
