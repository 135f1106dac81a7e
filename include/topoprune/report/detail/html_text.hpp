// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

/// Text for a page: the same bytes under every locale, and nothing a user wrote is ever taken for markup.
namespace topoprune::detail {

/// The parts one after another.
template <class... Parts>
[[nodiscard]] std::string joined(const Parts&... parts) {
    std::string text;
    (text.append(std::string_view(parts)), ...);
    return text;
}

/// `text` as it may stand in an element or in a quoted attribute. Control characters become spaces.
[[nodiscard]] inline std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        case '\'':
            result += "&#39;";
            break;
        default:
            result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
        }
    }
    return result;
}

/// `text` as a JSON string that may stand inside a script element: `<` never appears in it.
[[nodiscard]] inline std::string json_string(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || c == '<' || c == '"' || c == '\\')
            result += joined("\\u00", digits.substr(byte >> 4, 1), digits.substr(byte & 15, 1));
        else
            result += c;
    }
    return result += '"';
}

/// What stands in place of a number that is NaN, infinite or missing.
inline constexpr std::string_view no_number = "\u2013";

/// `value` with so many decimals; an en dash if it is not finite.
[[nodiscard]] inline std::string fixed(double value, int decimals) {
    if (!std::isfinite(value))
        return std::string(no_number);
    std::array<char, 400> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals)
            .ptr;
    std::string text(buffer.data(), end);
    if (text.front() == '-' && text.find_first_not_of("-0.") == std::string::npos)
        text.erase(0, 1);
    return text;
}

/// A length in a drawing: one decimal, none where it is zero.
[[nodiscard]] inline std::string coordinate(double value) {
    std::string text = fixed(value, 1);
    if (text.ends_with(".0"))
        text.resize(text.size() - 2);
    return text;
}

/// `value` with so many significant digits, in the shorter of fixed and scientific notation.
[[nodiscard]] inline std::string significant(double value, int digits) {
    if (!std::isfinite(value))
        return std::string(no_number);
    std::array<char, 64> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                         std::chars_format::general, digits)
                               .ptr};
}

/// 1234567 as "1,234,567".
[[nodiscard]] inline std::string grouped(std::int64_t value) {
    const std::string digits = std::to_string(value);
    const std::size_t first = value < 0 ? 1 : 0;
    std::string text;
    for (std::size_t k = 0; k < digits.size(); ++k) {
        if (k > first && (digits.size() - k) % 3 == 0)
            text += ',';
        text += digits[k];
    }
    return text;
}

/// part / whole as "10.0 %", an en dash if whole is 0.
[[nodiscard]] inline std::string percentage(std::int64_t part, std::int64_t whole) {
    if (whole == 0)
        return std::string(no_number);
    return fixed(100.0 * static_cast<double>(part) / static_cast<double>(whole), 1) + "\u00a0%";
}

/// "1 sample", "1,000 samples".
[[nodiscard]] inline std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return joined(grouped(count), " ", count == 1 ? one : many);
}

/// A section of the page: its heading, a sentence that says how to read it, and its content. The last two are
/// markup.
[[nodiscard]] inline std::string section(std::string_view id, std::string_view heading, std::string_view lead,
                                         std::string_view content) {
    return joined("<section id=\"", id, "\" aria-labelledby=\"", id, "-heading\">\n<h2 id=\"", id,
                  "-heading\">", heading, "</h2>\n<p class=\"lead\">", lead, "</p>\n", content,
                  "</section>\n\n");
}

} // namespace topoprune::detail
