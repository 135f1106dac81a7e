// SPDX-License-Identifier: MIT
#pragma once

#include "message_text.hpp"

#include <cstddef>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 40;
    if (text.size() <= longest && is_plain_text(text))
        return "'" + std::string(text) + "'";
    std::string result = "'";
    for (const char c : text.substr(0, longest))
        result += (c >= ' ' && c <= '~') ? c : '?';
    result += text.size() > longest ? "...'" : "'";
    return result;
}

TOPOPRUNE_DEFINE bool is_plain_text(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead < 0x20 || lead == 0x7F || (lead >= 0x80 && lead < 0xC2) || lead > 0xF4 ||
            text.size() - at < length)
            return false;
        std::uint32_t code_point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[at + k]);
            if ((next & 0xC0U) != 0x80U)
                return false;
            code_point = code_point << 6 | (next & 0x3FU);
        }
        const bool is_overlong = (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
        const bool is_surrogate = code_point >= 0xD800 && code_point < 0xE000;
        const bool is_control = code_point >= 0x80 && code_point < 0xA0;
        if (is_overlong || is_surrogate || is_control || code_point > 0x10FFFF)
            return false;
        at += length;
    }
    return true;
}

TOPOPRUNE_DEFINE bool append_utf8(std::string& text, std::uint32_t code_point) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000))
        return false;
    const auto tail = [&](int shift) { text += static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU)); };
    if (code_point < 0x80) {
        text += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        text += static_cast<char>(0xC0U | code_point >> 6);
        tail(0);
    } else if (code_point < 0x10000) {
        text += static_cast<char>(0xE0U | code_point >> 12);
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xF0U | code_point >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
    return true;
}

} // namespace topoprune::detail
