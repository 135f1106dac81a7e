// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace topoprune {

/// What identifies the bytes of a file in a manifest. It finds accidents, not forgeries.
struct file_checksum {
    std::uint64_t bytes = 0;
    std::uint32_t crc32 = 0;

    /// Counts more bytes of the file, which follow those counted before.
    TOPOPRUNE_DECLARE void add(std::span<const std::byte> more);

    /// "crc32:" and eight hexadecimal digits.
    TOPOPRUNE_DECLARE [[nodiscard]] std::string text() const;

    friend bool operator==(const file_checksum&, const file_checksum&) = default;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "file_checksum.ipp"
#endif
