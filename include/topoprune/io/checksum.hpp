// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

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
    TOPOPRUNE_DECLARE [[nodiscard]] std::string text() const;

    friend bool operator==(const file_checksum&, const file_checksum&) = default;
};

/// Size and CRC-32 (as in zlib and gzip) of a file as it lies on the disk; gzip stays gzip.
/// Throws input_error if the file cannot be read. O(size), 64 KiB.
TOPOPRUNE_DECLARE [[nodiscard]] file_checksum checksum_of_file(const std::filesystem::path& path);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "checksum.ipp"
#endif
