// SPDX-License-Identifier: MIT
#pragma once

#include "csv.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE bool is_csv_header(const csv_reader& reader) {
    const auto fields = reader.fields();
    const auto is_number = [](std::string_view field) {
        return parsed_number<double>(field).written_as_number;
    };
    const auto is_empty = [](std::string_view field) { return field.empty(); };
    if (std::any_of(fields.begin(), fields.end(), is_number) ||
        std::all_of(fields.begin(), fields.end(), is_empty))
        return false;
    const auto unnamed = std::find_if(fields.begin(), fields.end(), is_empty);
    if (unnamed != fields.end())
        reader.fail_at(static_cast<std::size_t>(unnamed - fields.begin()),
                       "the header has no name for this column, as if it held row names");
    return true;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::int64_t> read_csv_integers(byte_source& source) {
    csv_reader reader(source);
    std::vector<std::int64_t> values;
    detail::go_to_first_line(source, reader);
    if (reader.fields().size() != 1)
        reader.fail("has " + std::to_string(reader.fields().size()) + " columns, must have 1");
    bool more = !detail::is_csv_header(reader) || reader.next();
    for (; more; more = reader.next())
        values.push_back(reader.number<std::int64_t>(0));
    return values;
}

#if defined(TOPOPRUNE_COMPILED)
template matrix<float> read_csv_matrix(byte_source& source);
template matrix<double> read_csv_matrix(byte_source& source);
#endif

} // namespace topoprune
