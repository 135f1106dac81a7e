// SPDX-License-Identifier: MIT
#pragma once

#include "file_checksum.hpp"

#include <zlib.h>

#include <algorithm>

namespace topoprune {

TOPOPRUNE_DEFINE void file_checksum::add(std::span<const std::byte> more) {
    bytes += more.size();
    constexpr std::size_t at_once = std::size_t{1} << 30;
    while (!more.empty()) {
        const auto part = more.first(std::min(more.size(), at_once));
        crc32 = static_cast<std::uint32_t>(
            ::crc32(crc32, reinterpret_cast<const Bytef*>(part.data()), static_cast<uInt>(part.size())));
        more = more.subspan(part.size());
    }
}

TOPOPRUNE_DEFINE std::string file_checksum::text() const {
    constexpr const char* digits = "0123456789abcdef";
    std::string result = "crc32:";
    for (int shift = 28; shift >= 0; shift -= 4)
        result += digits[(crc32 >> shift) & 15U];
    return result;
}

} // namespace topoprune
