// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "array_header.hpp"
#include "grow.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <locale>
#include <span>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// The numbers behind a header, whatever format the header was in.
namespace topoprune::detail {

/// True if `value` has a place in Target: finite floating-point numbers, integers of 63 bits.
template <class Target, class Value>
[[nodiscard]] bool fits(Value value) {
    if constexpr (std::integral<Target>)
        return std::in_range<Target>(value);
    else if constexpr (std::integral<Value>)
        return true;
    else
        return std::isfinite(static_cast<Target>(value));
}

/// Why `value` does not fit: "is nan, must be finite".
template <class Target, class Value>
[[nodiscard]] std::string misfit(Value value) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "is " << value << ", ";
    if constexpr (std::integral<Target>)
        text << "must be at most " << std::numeric_limits<Target>::max();
    else if (std::isfinite(static_cast<double>(value)))
        text << "beyond the range of float" << 8 * sizeof(Target);
    else
        text << "must be finite";
    return text.str();
}

/// Reads the `table.count()` numbers of type Raw into `values`, a vector or a column, in the order of the
/// file. Memory grows with what is really there, if the size of the source is not known.
template <class Raw, class Target, class Values>
void read_raw(byte_source& source, const array_header& header, const table_shape& table, Values& values) {
    constexpr std::size_t chunk_bytes = std::size_t{1} << 16;
    const std::int64_t count = table.count();
    std::vector<std::byte> chunk(chunk_bytes);
    if (source.size_known())
        set_count(values, count);
    for (std::int64_t done = 0; done < count;) {
        const std::int64_t taken =
            std::min(count - done, static_cast<std::int64_t>(chunk_bytes / sizeof(Raw)));
        const auto bytes = std::span(chunk).first(static_cast<std::size_t>(taken) * sizeof(Raw));
        const std::size_t got = source.read(bytes);
        if (got < bytes.size())
            source.fail("truncated: " + header.text() + " needs " +
                        std::to_string(static_cast<std::size_t>(count) * sizeof(Raw)) +
                        " bytes of data, only " +
                        std::to_string(static_cast<std::size_t>(done) * sizeof(Raw) + got) + " there");
        if (header.type.order != std::endian::native)
            reverse_elements<sizeof(Raw)>(bytes);
        make_room(values, done + taken, count);

        Target* target = values.data() + done;
        bool all_fit = true;
        for (std::int64_t i = 0; i < taken; ++i) {
            const auto value = load<Raw>(bytes.data() + static_cast<std::size_t>(i) * sizeof(Raw));
            target[i] = static_cast<Target>(value);
            all_fit &= fits<Target>(value);
        }
        if (!all_fit)
            for (std::int64_t i = 0; i < taken; ++i) {
                const auto value = load<Raw>(bytes.data() + static_cast<std::size_t>(i) * sizeof(Raw));
                if (fits<Target>(value))
                    continue;
                const auto [row, column] = place_of(header, table, done + i);
                const std::string place = std::integral<Target> ? "" : ", column " + std::to_string(column);
                source.fail("row " + std::to_string(row) + place + " " + misfit<Target>(value));
            }
        done += taken;
    }
    source.require_end("the data of " + header.text());
}

/// Refuses an array of texts where numbers must be.
TOPOPRUNE_DECLARE void require_number_type(const byte_source& source, const array_header& header);

/// The array as a table of T, one row per entry of the first axis. Integers are rounded to the nearest T.
/// Fortran order costs a second copy while it is turned.
template <std::floating_point T>
[[nodiscard]] matrix<T> read_matrix_data(byte_source& source, const array_header& header) {
    require_number_type(source, header);
    const table_shape table = checked_table(source, header);
    matrix<T> values(0, 1);
    visit_raw(header.type,
              [&]<class Raw>(std::type_identity<Raw>) { read_raw<Raw, T>(source, header, table, values); });
    if (!header.fortran_order) {
        set_shape(values, table.rows, table.columns);
        return values;
    }
    set_shape(values, table.columns, table.rows);
    matrix<T> turned(table.rows, table.columns);
    const std::vector<std::int64_t> column_of = fortran_columns(header, table.columns);
    for (std::int64_t i = 0; i < table.rows; ++i)
        for (std::int64_t k = 0; k < table.columns; ++k)
            turned(i, column_of[static_cast<std::size_t>(k)]) = values(k, i);
    return turned;
}

#if defined(TOPOPRUNE_COMPILED)
extern template matrix<float> read_matrix_data(byte_source& source, const array_header& header);
extern template matrix<double> read_matrix_data(byte_source& source, const array_header& header);
#endif

/// The array, of one axis or n x 1, as 64-bit integers.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> read_integer_data(byte_source& source,
                                                                            const array_header& header);

/// The texts of an array of one axis or n x 1, as UTF-8.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::string> read_text_data(byte_source& source,
                                                                        const array_header& header);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "array_data.ipp"
#endif
