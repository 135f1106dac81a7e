// SPDX-License-Identifier: MIT
#pragma once

#include "byte_source.hpp"
#include "detail/message_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <vector>

namespace topoprune {

namespace detail {

/// Whether all of a text is a number of type T, and which. Independent of the locale; a leading '+' is let
/// pass.
template <class T>
struct parsed_number {
    explicit parsed_number(std::string_view text) {
        if (text.starts_with('+') && !text.starts_with("+-"))
            text.remove_prefix(1);
        const char* const last = text.data() + text.size();
        const auto [end, error] = std::from_chars(text.data(), last, value);
        written_as_number = end == last && error != std::errc::invalid_argument;
        in_range = error == std::errc();
    }

    /// True also for a number that T cannot hold, for nan and for inf.
    bool written_as_number = false;
    bool in_range = false;
    T value{};

    [[nodiscard]] bool usable() const {
        if constexpr (std::is_floating_point_v<T>)
            return written_as_number && in_range && std::isfinite(value);
        else
            return written_as_number && in_range;
    }
};

} // namespace detail

/// Reads comma-separated text line by line: fields may stand in quotes (a quote inside is doubled), blanks
/// around a field are dropped, lines end with LF or CRLF, a byte order mark is skipped, blank lines may only
/// stand at the end, every line has as many columns as the first. Lines and columns count from 1.
/// Memory: 64 KiB and the longest line, which must be under 64 MiB.
class csv_reader {
public:
    explicit csv_reader(byte_source& source) : source_(source), buffer_(std::size_t{1} << 16) {
        const auto head = source_.peek(3);
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (head.size() == 3 && std::memcmp(head.data(), byte_order_mark.data(), 3) == 0)
            source_.read_exactly(std::as_writable_bytes(std::span(buffer_)).first(3), "a byte order mark");
        else if (head.empty())
            source_.fail("is empty");
    }

    /// Goes to the next line; false after the last one. The fields of the line before are gone.
    bool next() {
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

    /// The number of the line that next() went to.
    [[nodiscard]] std::int64_t line() const { return line_; }

    /// The fields of the line, without their quotes. Valid until next().
    [[nodiscard]] std::span<const std::string_view> fields() const { return fields_; }

    /// The field in column `at`, counted from 0, as a finite double or a 64-bit integer; else an input_error
    /// with line and column.
    template <class T>
    [[nodiscard]] T number(std::size_t at) const {
        const detail::parsed_number<T> parsed(fields_[at]);
        if (!parsed.usable()) [[unlikely]]
            refuse(at, parsed);
        return parsed.value;
    }

    /// Throws input_error "name: line ... defect".
    [[noreturn]] void fail(const std::string& defect) const {
        source_.fail("line " + std::to_string(line_) + " " + defect);
    }

    /// Throws input_error "name: line ..., column ...: defect", where `at` counts from 0.
    [[noreturn]] void fail_at(std::size_t at, const std::string& defect) const {
        source_.fail("line " + std::to_string(line_) + ", column " + std::to_string(at + 1) + ": " + defect);
    }

private:
    static bool is_blank(std::span<const char> text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t'; });
    }

    template <class T>
    [[noreturn]] void refuse(std::size_t at, const detail::parsed_number<T>& parsed) const {
        if (fields_[at].empty())
            fail_at(at, "the field is empty, must be a number");
        const std::string type =
            (std::is_floating_point_v<T> ? "float" : "int") + std::to_string(8 * sizeof(T));
        const std::string text = detail::quoted(fields_[at]);
        if (parsed.written_as_number && !parsed.in_range)
            fail_at(at, text + " is beyond the range of " + type);
        if (parsed.written_as_number)
            fail_at(at, text + " must be finite");
        fail_at(at, text + (std::is_floating_point_v<T> ? " is not a number" : " is not an integer"));
    }

    /// The next line without its end; nothing after the last one.
    std::optional<std::span<char>> next_line() {
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

    /// Moves the unfinished line to the front of the buffer and fills what is behind it.
    void read_more() {
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

    void split(std::span<char> text) {
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

    /// Adds the field whose opening quote is at `at`, its quotes resolved in place; returns where it ends.
    char* unquote(char* at, char* end) {
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

    byte_source& source_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool finished_ = false;
    std::int64_t line_ = 0;
    std::size_t columns_ = 0;
    std::vector<std::string_view> fields_;
};

} // namespace topoprune
