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
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
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
