// SPDX-License-Identifier: MIT
#pragma once

#include "csv_column.hpp"

#include "csv.hpp"
#include "csv_reader.hpp"
#include "table.hpp"

#include <algorithm>
#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> read_csv_column(const std::filesystem::path& path,
                                                     std::string_view name) {
    byte_source source(path);
    if (detail::recognize_format(source) != detail::table_format::csv)
        source.fail("is an array, which has no column named " + detail::quoted(name) + ", must be csv");
    csv_reader reader(source);
    detail::go_to_first_line(source, reader);
    const auto header = reader.fields();
    if (std::count(header.begin(), header.end(), name) != 1)
        source.fail("has " + std::to_string(std::count(header.begin(), header.end(), name)) +
                    " columns named " + detail::quoted(name) + " in its first line, must have 1");
    const auto at = static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
    std::vector<double> values;
    while (reader.next())
        values.push_back(reader.fields()[at].empty() ? std::numeric_limits<double>::quiet_NaN()
                                                     : reader.number<double>(at));
    if (values.empty())
        source.fail("holds no row of numbers, only a header");
    return values;
}

TOPOPRUNE_DEFINE std::vector<double> read_column(const std::filesystem::path& path) {
    const matrix<double> table = read_matrix<double>(path);
    if (table.cols() != 1 && table.rows() != 1)
        throw input_error(path.string(), "has " + std::to_string(table.cols()) + " columns, must have 1");
    return {table.data(), table.data() + table.size()};
}

} // namespace topoprune
