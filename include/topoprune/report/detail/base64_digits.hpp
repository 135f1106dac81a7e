// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace topoprune::detail {

/// `count` six-bit digits of a number, highest first, in the alphabet of base64.
inline void append_base64(std::string& text, std::uint64_t number, int count) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int k = count - 1; k >= 0; --k)
        text += digits[(number >> (6 * k)) & 63];
}

} // namespace topoprune::detail
