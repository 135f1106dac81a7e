// SPDX-License-Identifier: MIT
#pragma once

#include "detail/file_input.hpp"

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace topoprune {

/// What identifies the bytes of an input in a manifest. It finds accidents, not forgeries.
struct file_checksum {
    std::uint64_t bytes = 0;
    std::uint32_t crc32 = 0;

    /// "crc32:" and eight hexadecimal digits.
    [[nodiscard]] std::string text() const {
        constexpr const char* digits = "0123456789abcdef";
        std::string result = "crc32:";
        for (int shift = 28; shift >= 0; shift -= 4)
            result += digits[(crc32 >> shift) & 15U];
        return result;
    }

    friend bool operator==(const file_checksum&, const file_checksum&) = default;
};

/// Size and CRC-32 (as in zlib and gzip) of a file as it lies on the disk; gzip stays gzip.
/// Throws input_error if the file cannot be read. O(size), 64 KiB.
[[nodiscard]] inline file_checksum checksum_of_file(const std::filesystem::path& path) {
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
