// SPDX-License-Identifier: MIT
#pragma once

#include "csv.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE bool has_no_number(const csv_reader& reader) {
    const auto fields = reader.fields();
    return std::none_of(
               fields.begin(), fields.end(),
               [](std::string_view field) { return parsed_number<double>(field).written_as_number; }) &&
           std::any_of(fields.begin(), fields.end(), [](std::string_view field) { return !field.empty(); });
}

TOPOPRUNE_DEFINE bool is_csv_header(const csv_reader& reader) {
    if (!has_no_number(reader))
        return false;
    const auto fields = reader.fields();
    const auto unnamed =
        std::find_if(fields.begin(), fields.end(), [](std::string_view field) { return field.empty(); });
    if (unnamed != fields.end())
        reader.fail_at(static_cast<std::size_t>(unnamed - fields.begin()), std::string(no_column_name));
    return true;
}

TOPOPRUNE_DEFINE void go_to_first_row(byte_source& source, csv_reader& reader) {
    if (is_csv_header(reader) && !reader.next())
        source.fail("holds no row of numbers, only a header");
}

TOPOPRUNE_DEFINE void require_one_column(const csv_reader& reader) {
    if (reader.fields().size() != 1)
        reader.fail("has " + std::to_string(reader.fields().size()) + " columns, must have 1");
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::int64_t> read_csv_integers(byte_source& source) {
    csv_reader reader(source);
    std::vector<std::int64_t> values;
    detail::go_to_first_line(source, reader);
    detail::require_one_column(reader);
    detail::go_to_first_row(source, reader);
    for (bool more = true; more; more = reader.next())
        values.push_back(reader.number<std::int64_t>(0));
    return values;
}

#if defined(TOPOPRUNE_COMPILED)
template matrix<float> read_csv_matrix(byte_source& source);
template matrix<double> read_csv_matrix(byte_source& source);
#endif

} // namespace topoprune
