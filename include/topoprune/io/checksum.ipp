// SPDX-License-Identifier: MIT
#pragma once

#include "checksum.hpp"

#include "detail/file_input.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE std::string file_checksum::text() const {
    constexpr const char* digits = "0123456789abcdef";
    std::string result = "crc32:";
    for (int shift = 28; shift >= 0; shift -= 4)
        result += digits[(crc32 >> shift) & 15U];
    return result;
}

TOPOPRUNE_DEFINE file_checksum checksum_of_file(const std::filesystem::path& path) {
    detail::file_input file(path);
    std::vector<std::byte> chunk(std::size_t{1} << 16);
    file_checksum result;
    uLong sum = ::crc32(0, nullptr, 0);
    for (std::size_t got = 1; got > 0;) {
        got = file.read(chunk);
        sum = ::crc32(sum, reinterpret_cast<const Bytef*>(chunk.data()), static_cast<uInt>(got));
        result.bytes += got;
    }
    result.crc32 = static_cast<std::uint32_t>(sum);
    return result;
}

} // namespace topoprune
