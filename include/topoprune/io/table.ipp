// SPDX-License-Identifier: MIT
#pragma once

#include "table.hpp"

#include "detail/foreign_format.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE table_format recognize_format(byte_source& source) {
    const auto bytes = source.peek(16);
    const std::string_view head(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (head.empty())
        source.fail("is empty");
    if (head.starts_with(npy_magic))
        return table_format::npy;
    if (begins_as_idx(bytes))
        return table_format::idx;
    if (const auto foreign = recognize_foreign(head))
        refuse_foreign(source.name(), *foreign);
    const auto is_binary = [](char c) {
        return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\r' && c != '\n';
    };
    if (std::any_of(head.begin(), head.end(), is_binary))
        source.fail("is neither .npy, nor .npz, nor idx, nor csv");
    return table_format::csv;
}

TOPOPRUNE_DEFINE std::optional<array_header> read_array_header(byte_source& source) {
    switch (recognize_format(source)) {
    case table_format::npy:
        return read_npy_header(source);
    case table_format::idx:
        return read_idx_header(source);
    default:
        return std::nullopt;
    }
}

TOPOPRUNE_DEFINE void require_two_axes(const byte_source& source, const array_header& header) {
    if (header.shape.size() == 1)
        source.fail(header.text() + " has one axis, must have two; if it is one column, write x.reshape(-1, "
                                    "1), if one row, x.reshape(1, -1)");
}

TOPOPRUNE_DEFINE std::vector<std::int64_t>
rows_of_mask(const byte_source& source, const std::vector<std::int64_t>& mask, std::int64_t samples) {
    if (std::ssize(mask) != samples)
        source.fail("is a mask of " + std::to_string(mask.size()) +
                    " truth values, must be of as many as there are samples, " + std::to_string(samples) +
                    ", or row numbers");
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 0; i < samples; ++i)
        if (mask[static_cast<std::size_t>(i)] != 0)
            rows.push_back(i);
    return rows;
}

TOPOPRUNE_DEFINE std::optional<bool> truth_value(std::string_view text) {
    if (text == "True" || text == "true" || text == "TRUE")
        return true;
    if (text == "False" || text == "false" || text == "FALSE")
        return false;
    return std::nullopt;
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> read_csv_rows(byte_source& source, std::int64_t samples) {
    csv_reader reader(source);
    go_to_first_line(source, reader);
    require_one_column(reader);
    if (!truth_value(reader.fields()[0]))
        go_to_first_row(source, reader);
    const bool is_mask = truth_value(reader.fields()[0]).has_value();
    std::vector<std::int64_t> values;
    for (bool more = true; more; more = reader.next())
        if (const auto truth = truth_value(reader.fields()[0]); is_mask && truth)
            values.push_back(*truth ? 1 : 0);
        else if (is_mask)
            reader.fail_at(0, detail::quoted(reader.fields()[0]) +
                                  " is neither True nor False, as the others are");
        else
            values.push_back(reader.number<std::int64_t>(0));
    return is_mask ? rows_of_mask(source, values, samples) : values;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::int64_t> read_integers(const std::filesystem::path& path) {
    byte_source source(path);
    if (const auto header = detail::read_array_header(source))
        return detail::read_integer_data(source, *header);
    return read_csv_integers(source);
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> read_row_numbers(const std::filesystem::path& path,
                                                            std::int64_t samples) {
    byte_source source(path);
    const auto header = detail::read_array_header(source);
    std::vector<std::int64_t> rows =
        header ? detail::read_integer_data(source, *header) : detail::read_csv_rows(source, samples);
    if (header && header->type.kind == 'b')
        return detail::rows_of_mask(source, rows, samples);
    const bool is_like_a_mask = rows.size() > 2 && std::all_of(rows.begin(), rows.end(),
                                                               [](auto row) { return row == 0 || row == 1; });
    if (is_like_a_mask)
        source.fail("holds only 0 and 1, as a mask does; a mask must be of truth values, as x.astype(bool)");
    return rows;
}

} // namespace topoprune
