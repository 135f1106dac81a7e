// SPDX-License-Identifier: MIT
#pragma once

#include "csv_reader.hpp"

#include <array>
#include <cstring>
#include <system_error>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t begin = line.find_first_not_of(" \t"); begin != std::string_view::npos;
         begin = line.find_first_not_of(" \t", begin)) {
        const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
        words.push_back(line.substr(begin, end - begin));
        begin = end;
    }
    return words;
}

TOPOPRUNE_DEFINE std::size_t count_numbers(const std::vector<std::string_view>& words) {
    return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [](std::string_view word) {
        return parsed_number<double>(word).written_as_number;
    }));
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE csv_reader::csv_reader(byte_source& source)
    : source_(source), buffer_(std::size_t{1} << 16) {
    const auto head = source_.peek(3);
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (head.size() == 3 && std::memcmp(head.data(), byte_order_mark.data(), 3) == 0)
        source_.read_exactly(std::as_writable_bytes(std::span(buffer_)).first(3), "a byte order mark");
    else if (head.empty())
        source_.fail("is empty");
    read_more();
    find_separator();
}

TOPOPRUNE_DEFINE void csv_reader::find_separator() {
    std::string_view text(buffer_.data(), end_);
    if (text.starts_with("# ")) {
        text.remove_prefix(2);
        begin_ += 2;
    }
    std::string_view lines[2];
    for (std::string_view& line : lines) {
        line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        line.remove_prefix(std::min(line.size(), line.find_first_not_of(" \t")));
        line = line.substr(0, line.find_last_not_of(" \t") + 1);
    }
    bool in_quotes = false;
    std::array<bool, 256> occurs{};
    for (const char c : lines[0]) {
        in_quotes = in_quotes != (c == '"');
        occurs[static_cast<unsigned char>(c)] |= !in_quotes;
    }
    for (const char candidate : {',', ';', '\t'})
        if (occurs[static_cast<unsigned char>(candidate)]) {
            separator_ = candidate;
            return;
        }
    const std::vector<std::string_view> first = detail::words_of(lines[0]);
    const std::vector<std::string_view> second = detail::words_of(lines[1]);
    const bool are_all_numbers = first.size() > 1 && detail::count_numbers(first) == first.size();
    if (are_all_numbers || (first.size() == second.size() && detail::count_numbers(second) > 1))
        separator_ = ' ';
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
        while (at != end && is_padding(*at))
            ++at;
    };
    for (;;) {
        skip_blanks();
        if (at != end && *at == '"') {
            at = unquote(at, end);
            if (separator_ != ' ')
                skip_blanks();
            if (at != end && !ends_field(*at))
                fail_at(fields_.size() - 1, "text follows the closing quote");
        } else {
            char* const begin = at;
            at = separator_ == ' ' ? std::find_if(at, end, [&](char c) { return ends_field(c); })
                                   : std::find(at, end, separator_);
            char* last = at;
            while (last != begin && is_padding(last[-1]))
                --last;
            fields_.emplace_back(begin, static_cast<std::size_t>(last - begin));
        }
        if (separator_ == ' ')
            skip_blanks();
        if (at == end)
            return;
        if (separator_ != ' ')
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
