// SPDX-License-Identifier: MIT
#pragma once

#include "html_text.hpp"

#include <charconv>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string escaped(std::string_view text) {
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

TOPOPRUNE_DEFINE std::string json_string(std::string_view text) {
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

TOPOPRUNE_DEFINE std::string fixed(double value, int decimals) {
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

TOPOPRUNE_DEFINE std::string coordinate(double value) {
    std::string text = fixed(value, 1);
    if (text.ends_with(".0"))
        text.resize(text.size() - 2);
    return text;
}

TOPOPRUNE_DEFINE std::string significant(double value, int digits) {
    if (!std::isfinite(value))
        return std::string(no_number);
    std::array<char, 64> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                         std::chars_format::general, digits)
                               .ptr};
}

TOPOPRUNE_DEFINE std::string grouped(std::int64_t value) {
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

} // namespace topoprune::detail
