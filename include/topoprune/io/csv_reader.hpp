// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "byte_source.hpp"
#include "detail/message_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

/// The words of a line, which blanks and tabs separate.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::string_view> words_of(std::string_view line);

/// How many of the words are numbers.
TOPOPRUNE_DECLARE [[nodiscard]] std::size_t count_numbers(const std::vector<std::string_view>& words);

} // namespace detail

/// Reads separated text line by line: fields may stand in quotes (a quote inside is doubled), blanks around a
/// field are dropped, lines end with LF or CRLF, a byte order mark is skipped, blank lines may only stand at
/// the end, every line has as many columns as the first. Lines and columns count from 1.
///
/// The first line tells the separator: a comma if it has one outside quotes, else a semicolon, else a tab;
/// else any number of blanks, if it is of several words that are all numbers, or if the second line has as
/// many words and two numbers at least among them. A "# " at the very front, as numpy.savetxt marks a header,
/// is dropped.
///
/// Memory: 64 KiB and the longest line, which must be under 64 MiB.
class csv_reader {
public:
    TOPOPRUNE_DECLARE explicit csv_reader(byte_source& source);

    /// Goes to the next line; false after the last one. The fields of the line before are gone.
    TOPOPRUNE_DECLARE bool next();

    /// What stands between two fields; a blank for any number of blanks and tabs.
    [[nodiscard]] char separator() const { return separator_; }

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
    TOPOPRUNE_DECLARE [[noreturn]] void fail(const std::string& defect) const;

    /// Throws input_error "name: line ..., column ...: defect", where `at` counts from 0.
    TOPOPRUNE_DECLARE [[noreturn]] void fail_at(std::size_t at, const std::string& defect) const;

private:
    /// True for what may stand around a field.
    [[nodiscard]] bool is_padding(char c) const { return c == ' ' || (c == '\t' && separator_ != '\t'); }

    [[nodiscard]] bool is_blank(std::span<const char> text) const {
        return std::all_of(text.begin(), text.end(), [&](char c) { return is_padding(c); });
    }

    /// True for what ends a field that does not stand in quotes.
    [[nodiscard]] bool ends_field(char c) const {
        return c == separator_ || (c == '\t' && separator_ == ' ');
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
        const bool has_decimal_comma = separator_ != ',' && fields_[at].find(',') != std::string_view::npos;
        fail_at(at, text + (std::is_floating_point_v<T> ? " is not a number" : " is not an integer") +
                        (has_decimal_comma ? ", which is written with a point" : ""));
    }

    /// Looks at the first lines of the buffer and sets the separator.
    TOPOPRUNE_DECLARE void find_separator();

    /// The next line without its end; nothing after the last one.
    TOPOPRUNE_DECLARE std::optional<std::span<char>> next_line();

    /// Moves the unfinished line to the front of the buffer and fills what is behind it.
    TOPOPRUNE_DECLARE void read_more();

    TOPOPRUNE_DECLARE void split(std::span<char> text);

    /// Adds the field whose opening quote is at `at`, its quotes resolved in place; returns where it ends.
    TOPOPRUNE_DECLARE char* unquote(char* at, char* end);

    byte_source& source_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool finished_ = false;
    std::int64_t line_ = 0;
    std::size_t columns_ = 0;
    char separator_ = ',';
    std::vector<std::string_view> fields_;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "csv_reader.ipp"
#endif
