// SPDX-License-Identifier: MIT
#pragma once

#include "csv.hpp"
#include "csv_reader.hpp"
#include "table.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune {

/// One column of a csv file whose first line names the columns; an empty field is not a number (NaN): nothing
/// is known of that sample. Throws input_error if no column, or more than one, has the name.
[[nodiscard]] inline std::vector<double> read_csv_column(const std::filesystem::path& path,
                                                         std::string_view name) {
    byte_source source(path);
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
    return values;
}

/// A file of n numbers in any format of read_matrix: a single column, or a single row.
[[nodiscard]] inline std::vector<double> read_column(const std::filesystem::path& path) {
    const matrix<double> table = read_matrix<double>(path);
    if (table.cols() != 1 && table.rows() != 1)
        throw input_error(path.string(), "has " + std::to_string(table.cols()) + " columns, must have 1");
    return {table.data(), table.data() + table.size()};
}

} // namespace topoprune
