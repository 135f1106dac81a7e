// SPDX-License-Identifier: MIT
#pragma once

#include "labeled_numbers.hpp"

#include "csv.hpp"
#include "csv_reader.hpp"
#include "table.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace topoprune::detail {

TOPOPRUNE_DEFINE labeled_numbers labeled_numbers_of_array(const byte_source& source,
                                                          const matrix<double>& table,
                                                          const std::string& meaning) {
    labeled_numbers result;
    if (table.cols() == 1 || (table.rows() == 1 && table.cols() != 2)) {
        result.numbers.assign(table.data(), table.data() + table.size());
        return result;
    }
    if (table.cols() != 2)
        source.fail("has " + std::to_string(table.cols()) + " columns, must have 2: label and " + meaning);
    std::unordered_set<std::int64_t> known;
    for (Eigen::Index row = 0; row < table.rows(); ++row) {
        constexpr double exact = 9007199254740992.0; // 2^53
        const double label = table(row, 0);
        if (std::trunc(label) != label || std::abs(label) > exact)
            source.fail("row " + std::to_string(row) + ", column 0 is no label, must be a whole number");
        if (!known.insert(static_cast<std::int64_t>(label)).second)
            source.fail("row " + std::to_string(row) + " has a label for the second time");
        result.labels.push_back(static_cast<std::int64_t>(label));
        result.numbers.push_back(table(row, 1));
    }
    return result;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE labeled_numbers read_labeled_numbers(const std::filesystem::path& path,
                                                      const class_names& names, const std::string& meaning) {
    byte_source source(path);
    if (const auto header = detail::read_array_header(source))
        return detail::labeled_numbers_of_array(source, detail::read_matrix_data<double>(source, *header),
                                                meaning);
    csv_reader reader(source);
    detail::go_to_first_line(source, reader);
    const std::size_t columns = reader.fields().size();
    labeled_numbers result;
    const std::string must = "has " + std::to_string(columns) + " columns, must have 2: label and " + meaning;
    if (columns > 2) {
        if (detail::has_no_number(reader))
            source.fail(must);
        for (std::size_t at = 0; at < columns; ++at)
            result.numbers.push_back(reader.number<double>(at));
        if (reader.next())
            source.fail(must);
        return result;
    }
    if (!detail::parsed_number<double>(reader.fields()[columns - 1]).written_as_number && !reader.next())
        source.fail("holds no row of numbers, only a header");
    std::unordered_set<std::int64_t> known;
    for (bool more = true; more; more = reader.next()) {
        result.numbers.push_back(reader.number<double>(columns - 1));
        if (columns == 1)
            continue;
        const auto label = names.label_of(reader.fields()[0]);
        if (!label)
            reader.fail_at(0, detail::quoted(reader.fields()[0]) + " is none of the labels");
        if (!known.insert(*label).second)
            reader.fail_at(0, "the label " + detail::quoted(reader.fields()[0]) +
                                  " stands there for the second time");
        result.labels.push_back(*label);
    }
    return result;
}

} // namespace topoprune
