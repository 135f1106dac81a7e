// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "file_checksum.hpp"

#include <filesystem>

namespace topoprune {

/// Size and CRC-32 (as in zlib and gzip) of a file as it lies on the disk; gzip stays gzip.
/// Throws input_error if the file cannot be read. O(size), 64 KiB.
TOPOPRUNE_DECLARE [[nodiscard]] file_checksum checksum_of_file(const std::filesystem::path& path);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "checksum.ipp"
#endif
