// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <array>
#include <charconv>
#include <concepts>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace topoprune {

/// Appends `value` in the shortest form that reads back as the same number; "nan" and "inf" for what is not
/// finite. Independent of the locale.
template <class Number>
    requires std::integral<Number> || std::floating_point<Number>
void append_number(std::string& text, Number value) {
    std::array<char, 32> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    text.append(digits.data(), end);
}

/// Writes comma-separated text. Numbers are written so that they read back as the same bits; text is put in
/// quotes where it must be.
///
///     csv_writer table(out);
///     table.row("index", "score");
///     table.row(7, 0.25);
class csv_writer {
public:
    explicit csv_writer(std::ostream& out) : out_(out) {}

    /// One line of numbers and texts. An absent value is the text "".
    template <class First, class... Rest>
    void row(const First& first, const Rest&... rest) {
        line_.clear();
        append(first);
        ((line_ += ',', append(rest)), ...);
        line_ += '\n';
        out_.write(line_.data(), static_cast<std::streamsize>(line_.size()));
    }

    /// One line of as many texts as there are.
    TOPOPRUNE_DECLARE void row_of(std::span<const std::string> cells);

private:
    template <class Number>
        requires std::integral<Number> || std::floating_point<Number>
    void append(Number value) {
        append_number(line_, value);
    }

    TOPOPRUNE_DECLARE void append(std::string_view text);

    std::ostream& out_;
    std::string line_;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "csv_writer.ipp"
#endif
