// SPDX-License-Identifier: MIT
#pragma once

#include "csv_writer.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE void csv_writer::row_of(std::span<const std::string> cells) {
    line_.clear();
    for (std::size_t at = 0; at < cells.size(); ++at) {
        if (at > 0)
            line_ += ',';
        append(cells[at]);
    }
    line_ += '\n';
    out_.write(line_.data(), static_cast<std::streamsize>(line_.size()));
}

TOPOPRUNE_DEFINE void csv_writer::append(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    const bool has_blank_end = !text.empty() && (is_blank(text.front()) || is_blank(text.back()));
    if (!has_blank_end && text.find_first_of(",\"\r\n") == std::string_view::npos) {
        line_ += text;
        return;
    }
    line_ += '"';
    for (const char c : text) {
        if (c == '"')
            line_ += '"';
        line_ += c;
    }
    line_ += '"';
}

} // namespace topoprune
