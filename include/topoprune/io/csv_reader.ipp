// SPDX-License-Identifier: MIT
#pragma once

#include "csv_reader.hpp"

#include <cstring>
#include <system_error>

namespace topoprune {

TOPOPRUNE_DEFINE csv_reader::csv_reader(byte_source& source)
    : source_(source), buffer_(std::size_t{1} << 16) {
    const auto head = source_.peek(3);
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (head.size() == 3 && std::memcmp(head.data(), byte_order_mark.data(), 3) == 0)
        source_.read_exactly(std::as_writable_bytes(std::span(buffer_)).first(3), "a byte order mark");
    else if (head.empty())
        source_.fail("is empty");
}

TOPOPRUNE_DEFINE bool csv_reader::next() {
    fields_.clear();
    std::optional<std::span<char>> text = next_line();
    while (text && is_blank(*text)) {
        const std::int64_t blank = line_;
        text = next_line();
        if (text && !is_blank(*text))
            source_.fail("line " + std::to_string(blank) + " is blank, but others follow");
    }
    if (!text)
        return false;
    split(*text);
    if (columns_ == 0)
        columns_ = fields_.size();
    if (fields_.size() != columns_)
        fail("has " + std::to_string(fields_.size()) + " columns, must have " + std::to_string(columns_) +
             " as the first line");
    return true;
}

TOPOPRUNE_DEFINE void csv_reader::fail(const std::string& defect) const {
    source_.fail("line " + std::to_string(line_) + " " + defect);
}

TOPOPRUNE_DEFINE void csv_reader::fail_at(std::size_t at, const std::string& defect) const {
    source_.fail("line " + std::to_string(line_) + ", column " + std::to_string(at + 1) + ": " + defect);
}

TOPOPRUNE_DEFINE std::optional<std::span<char>> csv_reader::next_line() {
    std::size_t searched = begin_;
    for (;;) {
        const auto* const found =
            static_cast<const char*>(std::memchr(buffer_.data() + searched, '\n', end_ - searched));
        if (found != nullptr || (finished_ && begin_ < end_)) {
            const auto end = found != nullptr ? static_cast<std::size_t>(found - buffer_.data()) : end_;
            auto text = std::span(buffer_).subspan(begin_, end - begin_);
            begin_ = std::min(end + 1, end_);
            ++line_;
            if (!text.empty() && text.back() == '\r')
                text = text.first(text.size() - 1);
            return text;
        }
        if (finished_)
            return std::nullopt;
        searched = end_ - begin_;
        read_more();
    }
}

TOPOPRUNE_DEFINE void csv_reader::read_more() {
    constexpr std::size_t longest_line = std::size_t{1} << 26;
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
    end_ -= begin_;
    begin_ = 0;
    if (end_ == buffer_.size()) {
        if (end_ >= longest_line)
            source_.fail("line " + std::to_string(line_ + 1) + " is longer than 64 MiB");
        buffer_.resize(2 * buffer_.size());
    }
    const auto room = std::as_writable_bytes(std::span(buffer_).subspan(end_));
    const std::size_t got = source_.read(room);
    finished_ = got < room.size();
    end_ += got;
}

TOPOPRUNE_DEFINE void csv_reader::split(std::span<char> text) {
    char* at = text.data();
    char* const end = at + text.size();
    const auto skip_blanks = [&] {
        while (at != end && (*at == ' ' || *at == '\t'))
            ++at;
    };
    for (;;) {
        skip_blanks();
        if (at != end && *at == '"') {
            at = unquote(at, end);
            skip_blanks();
            if (at != end && *at != ',')
                fail_at(fields_.size() - 1, "text follows the closing quote");
        } else {
            char* const begin = at;
            at = std::find(at, end, ',');
            char* last = at;
            while (last != begin && (last[-1] == ' ' || last[-1] == '\t'))
                --last;
            fields_.emplace_back(begin, static_cast<std::size_t>(last - begin));
        }
        if (at == end)
            return;
        ++at;
    }
}

TOPOPRUNE_DEFINE char* csv_reader::unquote(char* at, char* end) {
    char* const begin = ++at;
    char* written = begin;
    for (; at != end; ++at) {
        if (*at == '"' && (++at == end || *at != '"')) {
            fields_.emplace_back(begin, static_cast<std::size_t>(written - begin));
            return at;
        }
        *written++ = *at;
    }
    fail_at(fields_.size(), "the quote is not closed");
}

} // namespace topoprune
