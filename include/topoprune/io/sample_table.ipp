// SPDX-License-Identifier: MIT
#pragma once

#include "sample_table.hpp"

#include "csv.hpp"
#include "csv_reader.hpp"
#include "detail/array_data.hpp"
#include "detail/grow.hpp"
#include "detail/message_text.hpp"
#include "table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::size_t find_column(const byte_source& source, std::string_view column,
                                         std::span<const std::string> names, std::size_t count) {
    const auto found = std::find(names.begin(), names.end(), column);
    if (found != names.end()) {
        if (std::find(found + 1, names.end(), column) != names.end())
            source.fail("has two columns named " + detail::quoted(column));
        return static_cast<std::size_t>(found - names.begin());
    }
    const bool is_number = !column.empty() && column.find_first_not_of("0123456789") == column.npos;
    const auto number = is_number ? whole_number(column) : std::nullopt;
    if (number && *number >= 1 && static_cast<std::uint64_t>(*number) <= count)
        return static_cast<std::size_t>(*number - 1);
    std::string known = names.empty() ? "its columns have no names, only numbers from 1 to " : "it has ";
    constexpr std::size_t most = 20;
    for (std::size_t at = 0; at < std::min(most, names.size()); ++at)
        known += (at > 0 ? ", " : "") + detail::quoted(names[at]);
    if (names.empty())
        known += std::to_string(count);
    source.fail("has no column " + detail::quoted(column) + "; " + known +
                (names.size() > most ? " and others" : ""));
}

TOPOPRUNE_DEFINE std::pair<std::size_t, std::size_t> find_columns(const byte_source& source,
                                                                  std::string_view item,
                                                                  std::span<const std::string> names,
                                                                  std::size_t count) {
    const auto is_there = [&](std::string_view column) {
        const auto number =
            column.find_first_not_of("0123456789") == column.npos ? whole_number(column) : std::nullopt;
        return std::find(names.begin(), names.end(), column) != names.end() ||
               (number && *number >= 1 && static_cast<std::uint64_t>(*number) <= count);
    };
    if (!is_there(item))
        // Names may have dashes of their own.
        for (std::size_t dash = item.find('-'); dash != item.npos; dash = item.find('-', dash + 1)) {
            const std::string_view first = item.substr(0, dash), last = item.substr(dash + 1);
            if (!is_there(first) || !is_there(last))
                continue;
            const std::pair range{find_column(source, first, names, count),
                                  find_column(source, last, names, count)};
            if (range.first > range.second)
                source.fail("has the columns " + detail::quoted(item) + " in the other order");
            return range;
        }
    const std::size_t column = find_column(source, item, names, count);
    return {column, column};
}

TOPOPRUNE_DEFINE chosen_columns choose_columns(const byte_source& source, const column_choice& choice,
                                               std::span<const std::string> names, std::size_t count) {
    chosen_columns result;
    std::vector<bool> is_feature(count, choice.features.empty() || choice.features.front() == '!');
    std::vector<bool> is_named(count, false);
    for (std::size_t begin = 0; !choice.features.empty() && begin <= choice.features.size();) {
        const std::size_t end = std::min(choice.features.find(',', begin), choice.features.size());
        std::string_view item = std::string_view(choice.features).substr(begin, end - begin);
        const bool takes = !item.starts_with('!');
        item.remove_prefix(takes ? 0 : 1);
        const auto [first, last] = find_columns(source, item, names, count);
        for (std::size_t at = first; at <= last; ++at) {
            is_feature[at] = takes;
            is_named[at] = takes;
        }
        begin = end + 1;
    }
    const auto take_out = [&](const std::string& column, const char* what) -> std::optional<std::size_t> {
        if (column.empty())
            return std::nullopt;
        const std::size_t at = find_column(source, column, names, count);
        if (is_named[at])
            source.fail("column " + detail::quoted(column) + " is chosen as a feature and as the " + what);
        is_feature[at] = false;
        return at;
    };
    result.labels = take_out(choice.labels, "label");
    result.ids = take_out(choice.ids, "id");
    if (result.labels && result.labels == result.ids)
        source.fail("column " + detail::quoted(choice.ids) + " is chosen as the label and as the id");
    for (std::size_t at = 0; at < count; ++at)
        if (is_feature[at])
            result.features.push_back(at);
    if (result.features.empty())
        source.fail("has no column left for the features");
    return result;
}

TOPOPRUNE_DEFINE std::vector<std::string> doubtful_columns(const std::vector<std::size_t>& features,
                                                           std::span<const std::string> names,
                                                           bool has_labels) {
    std::vector<std::string> notes;
    // Beside an x, y is a coordinate.
    const bool has_x = std::any_of(names.begin(), names.end(),
                                   [](const std::string& name) { return name == "x" || name == "X"; });
    for (const std::size_t at : features) {
        if (at >= names.size())
            continue;
        std::string name = names[at];
        for (char& c : name)
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c - 'A' + 'a');
        const bool is_id = name == "id" || name == "index";
        if ((is_called_as_labels(name) && !(has_x && name == "y")) || is_id)
            notes.push_back("column " + detail::quoted(names[at]) + " is taken as a feature; if it is the " +
                            (is_id ? "id" : "label") + (has_labels && !is_id ? " once more" : "") +
                            ", it must be chosen as that or left out");
    }
    return notes;
}

TOPOPRUNE_DEFINE sample_table read_text_samples(byte_source& source, const column_choice& choice) {
    csv_reader reader(source);
    go_to_first_line(source, reader);
    const std::size_t count = reader.fields().size();
    const auto is_in_first_line = [&](std::string_view column) {
        return !column.empty() && column.find_first_not_of("0123456789") != column.npos &&
               std::find(reader.fields().begin(), reader.fields().end(), column) != reader.fields().end();
    };
    std::vector<std::string> names;
    // A name that a person knows makes a header of a line of whatever else, as of the numbers 0, 1, 2.
    if (is_in_first_line(choice.labels) || is_in_first_line(choice.ids) || has_no_number(reader)) {
        names.assign(reader.fields().begin(), reader.fields().end());
        if (!reader.next())
            source.fail("holds no row of numbers, only a header");
    }
    const chosen_columns chosen = choose_columns(source, choice, names, count);
    // How a person may call the column in a list of columns.
    const auto called = [&](std::size_t at) {
        const bool has_name = !names.empty() && !names[at].empty() && is_plain_text(names[at]) &&
                              names[at].find_first_of(",'!") == std::string::npos;
        return has_name ? names[at] : std::to_string(at + 1);
    };
    const std::int64_t first_row = reader.line();
    const bool takes_the_rest = choice.features.empty() || choice.features.front() == '!';
    for (const std::size_t at : chosen.features)
        if (takes_the_rest && !names.empty() && names[at].empty())
            throw column_error(source.name(),
                               "line 1, column " + std::to_string(at + 1) + ": " +
                                   std::string(no_column_name),
                               std::to_string(at + 1));

    sample_table table;
    label_builder labels;
    std::unordered_set<std::string> known_ids;
    std::int64_t numbers = 0;
    std::int64_t rows = 0;
    for (bool more = true; more; more = reader.next(), ++rows) {
        const auto fields = reader.fields();
        make_room(table.features, numbers + std::ssize(chosen.features),
                  std::numeric_limits<std::int64_t>::max());
        for (const std::size_t at : chosen.features) {
            if (reader.line() == first_row && !fields[at].empty() &&
                fields[at].find(',') == std::string_view::npos &&
                !parsed_number<double>(fields[at]).written_as_number)
                throw column_error(
                    source.name(),
                    "line " + std::to_string(first_row) + ", column " + std::to_string(at + 1) +
                        (names.empty() ? "" : ", " + detail::quoted(names[at])) + ": " +
                        detail::quoted(fields[at]) + " is not a number, so the column is no feature",
                    called(at));
            const auto value = static_cast<float>(reader.number<double>(at));
            if (!std::isfinite(value))
                reader.fail_at(at, detail::quoted(fields[at]) + " is beyond the range of float32");
            table.features.data()[numbers++] = value;
        }
        if (chosen.labels)
            labels.add(source, fields[*chosen.labels], "line", reader.line());
        if (chosen.ids) {
            const std::string_view id = fields[*chosen.ids];
            if (id.empty() || !is_plain_text(id))
                reader.fail_at(*chosen.ids,
                               detail::quoted(id) + " is no id: must be a text without control characters");
            if (!known_ids.emplace(id).second)
                reader.fail_at(*chosen.ids,
                               "the id " + detail::quoted(id) + " stands there for the second time");
            table.ids.emplace_back(id);
        }
    }
    set_count(table.features, numbers);
    set_shape(table.features, rows, std::ssize(chosen.features));
    if (chosen.labels)
        table.labels = std::move(labels).finish(source);
    if (takes_the_rest)
        table.notes = doubtful_columns(chosen.features, names, chosen.labels.has_value());
    return table;
}

TOPOPRUNE_DEFINE sample_table read_array_samples(byte_source& source, const array_header& header,
                                                 const column_choice& choice) {
    require_two_axes(source, header);
    if (choice.is_empty())
        return {.features = read_matrix_data<float>(source, header)};
    if (!choice.ids.empty())
        source.fail("is an array, which has no ids; a column of ids must be in a csv file");
    const matrix<double> values = read_matrix_data<double>(source, header);
    const chosen_columns chosen = choose_columns(source, choice, {}, static_cast<std::size_t>(values.cols()));
    sample_table table{.features = matrix<float>(values.rows(), std::ssize(chosen.features))};
    for (Eigen::Index i = 0; i < values.rows(); ++i)
        for (std::size_t k = 0; k < chosen.features.size(); ++k) {
            const auto column = static_cast<Eigen::Index>(chosen.features[k]);
            const auto value = static_cast<float>(values(i, column));
            if (!std::isfinite(value))
                source.fail("row " + std::to_string(i) + ", column " + std::to_string(column) +
                            " is beyond the range of float32");
            table.features(i, static_cast<Eigen::Index>(k)) = value;
        }
    if (!chosen.labels)
        return table;
    std::vector<double> column;
    for (Eigen::Index i = 0; i < values.rows(); ++i)
        column.push_back(values(i, static_cast<Eigen::Index>(*chosen.labels)));
    table.labels = labels_of_floats(source, column);
    if (header.type.is_integer())
        table.labels->names = class_names();
    return table;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE sample_table read_sample_table(const std::filesystem::path& path,
                                                const column_choice& choice) {
    byte_source source(path);
    if (const auto header = detail::read_array_header(source))
        return detail::read_array_samples(source, *header, choice);
    return detail::read_text_samples(source, choice);
}

TOPOPRUNE_DEFINE class_labels read_label_column(const std::filesystem::path& path,
                                                const std::string& column) {
    byte_source source(path);
    if (column.empty())
        return read_class_labels(source);
    if (const auto header = detail::read_array_header(source)) {
        const matrix<double> values = detail::read_matrix_data<double>(source, *header);
        const std::size_t at =
            detail::find_column(source, column, {}, static_cast<std::size_t>(values.cols()));
        std::vector<double> chosen;
        for (Eigen::Index i = 0; i < values.rows(); ++i)
            chosen.push_back(values(i, static_cast<Eigen::Index>(at)));
        class_labels result = detail::labels_of_floats(source, chosen);
        if (header->type.is_integer())
            result.names = class_names();
        return result;
    }
    csv_reader reader(source);
    detail::go_to_first_line(source, reader);
    std::vector<std::string> names(reader.fields().begin(), reader.fields().end());
    const bool is_named = std::find(names.begin(), names.end(), column) != names.end() &&
                          column.find_first_not_of("0123456789") != std::string::npos;
    if (!is_named && !detail::has_no_number(reader))
        names.clear();
    const std::size_t at = detail::find_column(source, column, names, reader.fields().size());
    if (!names.empty() && !reader.next())
        source.fail("holds no row of numbers or names, only a header");
    label_builder builder;
    for (bool more = true; more; more = reader.next())
        builder.add(source, reader.fields()[at], "line", reader.line());
    return std::move(builder).finish(source);
}

} // namespace topoprune
