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

/// Tables of numbers as comma-separated text, plain or gzipped. A first line in which no field is a number is
/// the header and is skipped; one in which only some are is refused, because a damaged number would make a
/// header of a row. Empty fields, NaN, infinities and lines of another length are refused with line and
/// column. O(size) time; numbers are parsed by std::from_chars.
namespace topoprune {

namespace detail {

/// True if the line that the reader is at is a header.
TOPOPRUNE_DECLARE [[nodiscard]] bool is_csv_header(const csv_reader& reader);

/// Goes to the first line, which must be there.
inline void go_to_first_line(byte_source& source, csv_reader& reader) {
    if (!reader.next())
        source.fail("holds only blank lines");
}

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
    bool more = !detail::is_csv_header(reader) || reader.next();
    for (; more; more = reader.next(), ++rows) {
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
