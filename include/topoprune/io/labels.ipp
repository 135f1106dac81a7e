// SPDX-License-Identifier: MIT
#pragma once

#include "labels.hpp"

#include "csv.hpp"
#include "csv_reader.hpp"
#include "detail/array_data.hpp"
#include "detail/message_text.hpp"
#include "table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE bool is_called_as_labels(std::string_view column) {
    std::string name(column);
    for (char& c : name)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    constexpr std::array<std::string_view, 8> usual{"label",  "labels",  "class", "classes",
                                                    "target", "targets", "y",     "species"};
    return std::find(usual.begin(), usual.end(), name) != usual.end();
}

TOPOPRUNE_DEFINE class_labels labels_of_floats(const byte_source& source, const std::vector<double>& values) {
    constexpr double exact = 9007199254740992.0; // 2^53
    class_labels result;
    std::map<std::int64_t, std::string> written;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::trunc(values[i]) != values[i] || std::abs(values[i]) > exact)
            source.fail("row " + std::to_string(i) + " is " + std::to_string(values[i]) +
                        ", no label: must be a whole number or a name");
        const auto label = static_cast<std::int64_t>(values[i]);
        if (result.labels.empty() || label != result.labels.back())
            written.try_emplace(label, std::to_string(label) + ".0");
        result.labels.push_back(label);
    }
    result.names = class_names(std::move(written));
    return result;
}

/// Labels from an array behind its header.
TOPOPRUNE_DEFINE class_labels read_array_labels(byte_source& source, const array_header& header) {
    if (header.type.is_text()) {
        label_builder builder;
        std::int64_t row = 0;
        for (const std::string& text : read_text_data(source, header))
            builder.add(source, text, "row", row++);
        return std::move(builder).finish(source);
    }
    if (header.type.is_integer()) {
        class_labels result{.labels = read_integer_data(source, header), .names = {}, .notes = {}};
        if (header.type.kind == 'b')
            result.names = class_names(std::map<std::int64_t, std::string>{{0, "False"}, {1, "True"}});
        return result;
    }
    (void)checked_column(source, header);
    const matrix<double> values = read_matrix_data<double>(source, header);
    return labels_of_floats(source, {values.data(), values.data() + values.size()});
}

TOPOPRUNE_DEFINE class_labels read_csv_labels(byte_source& source) {
    csv_reader reader(source);
    go_to_first_line(source, reader);
    if (reader.fields().size() != 1)
        throw column_error(source.name(),
                           "line 1 has " + std::to_string(reader.fields().size()) + " columns, must have 1",
                           "");
    const std::string first(reader.fields()[0]);
    const std::int64_t first_line = reader.line();
    const bool names_column = !parsed_number<double>(first).written_as_number && !first.empty();
    label_builder builder;
    if (!names_column)
        builder.add(source, first, "line", first_line);
    bool returns = false;
    std::int64_t count = 0;
    for (; reader.next(); ++count) {
        builder.add(source, reader.fields()[0], "line", reader.line());
        returns = returns || reader.fields()[0] == first;
    }
    if (names_column && count == 0)
        source.fail("holds no row of numbers or names, only a first line");
    const bool is_label = names_column && returns && !is_called_as_labels(first);
    if (is_label)
        builder.add_in_front(source, first, "line", first_line);
    class_labels result = std::move(builder).finish(source);
    if (names_column && !is_label && result.names.are_names() && !is_called_as_labels(first))
        result.notes.push_back("the first line, " + detail::quoted(first) +
                               ", is taken as the name of the column, as no other line is the same");
    return result;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE void label_builder::add(const byte_source& source, std::string_view text, const char* unit,
                                         std::int64_t at) {
    auto known = known_.find(text);
    if (known == known_.end()) {
        const std::string place = std::string(unit) + " " + std::to_string(at);
        if (text.empty())
            source.fail(place + " is empty, must be a label");
        if (!detail::is_plain_text(text))
            source.fail(place + " is " + detail::quoted(text) +
                        ", must be UTF-8 without control characters to be a label");
        known = known_.emplace(text, static_cast<std::int32_t>(texts_.size())).first;
        texts_.emplace_back(text);
        places_.push_back(place);
    }
    rows_.push_back(known->second);
}

TOPOPRUNE_DEFINE void label_builder::add_in_front(const byte_source& source, std::string_view text,
                                                  const char* unit, std::int64_t at) {
    add(source, text, unit, at);
    std::rotate(rows_.begin(), rows_.end() - 1, rows_.end());
}

TOPOPRUNE_DEFINE class_labels label_builder::finish(const byte_source& source) && {
    std::vector<std::int64_t> values;
    std::size_t written_as_numbers = 0;
    std::optional<std::size_t> broken;
    for (std::size_t t = 0; t < texts_.size(); ++t) {
        const std::optional<std::int64_t> value = whole_number(texts_[t]);
        values.push_back(value.value_or(0));
        written_as_numbers += detail::parsed_number<double>(texts_[t]).written_as_number;
        if (!value && !broken)
            broken = t;
    }
    if (written_as_numbers < texts_.size()) {
        class_labels result = named();
        if (written_as_numbers > 0)
            result.notes.push_back(std::to_string(texts_.size() - written_as_numbers) + " of the " +
                                   std::to_string(texts_.size()) + " labels are no numbers, as " +
                                   detail::quoted(texts_[*broken]) + " in " + places_[*broken] +
                                   "; all are taken as names");
        return result;
    }
    if (broken)
        source.fail(places_[*broken] + " is " + detail::quoted(texts_[*broken]) +
                    ", no label: must be a whole number or a name");
    // "01" beside "1" are two classes: whoever writes a zero in front does not mean a number.
    std::map<std::int64_t, std::size_t> text_of;
    for (std::size_t t = 0; t < texts_.size(); ++t) {
        if (texts_[t].find_first_of(".eE") != std::string::npos)
            continue;
        const auto [same, is_first] = text_of.emplace(values[t], t);
        if (is_first)
            continue;
        class_labels result = named();
        result.notes.push_back(detail::quoted(texts_[same->second]) + " and " + detail::quoted(texts_[t]) +
                               " are different labels; all are taken as names");
        return result;
    }
    return numbers(values);
}

TOPOPRUNE_DEFINE class_labels label_builder::numbers(const std::vector<std::int64_t>& values) const {
    std::map<std::int64_t, std::size_t> ways;
    for (const std::int64_t value : values)
        ++ways[value];
    std::map<std::int64_t, std::string> written;
    for (std::size_t t = 0; t < values.size(); ++t)
        if (ways[values[t]] == 1 && texts_[t] != std::to_string(values[t]))
            written.emplace(values[t], texts_[t]);
    class_labels result{.labels = {}, .names = class_names(std::move(written)), .notes = {}};
    result.labels.reserve(rows_.size());
    for (const std::int32_t row : rows_)
        result.labels.push_back(values[static_cast<std::size_t>(row)]);
    return result;
}

TOPOPRUNE_DEFINE class_labels label_builder::named() const {
    std::vector<std::string> sorted = texts_;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::int64_t> label_of_text;
    for (const std::string& text : texts_)
        label_of_text.push_back(std::lower_bound(sorted.begin(), sorted.end(), text) - sorted.begin());
    class_labels result{.labels = {}, .names = class_names(std::move(sorted)), .notes = {}};
    result.labels.reserve(rows_.size());
    for (const std::int32_t row : rows_)
        result.labels.push_back(label_of_text[static_cast<std::size_t>(row)]);
    return result;
}

TOPOPRUNE_DEFINE class_labels read_class_labels(byte_source& source) {
    if (const auto header = detail::read_array_header(source))
        return detail::read_array_labels(source, *header);
    return detail::read_csv_labels(source);
}

} // namespace topoprune
