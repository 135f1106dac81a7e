// SPDX-License-Identifier: MIT
#pragma once

#include "checksum.hpp"

#include "detail/file_input.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace topoprune {

TOPOPRUNE_DEFINE file_checksum checksum_of_file(const std::filesystem::path& path) {
    detail::file_input file(path);
    std::vector<std::byte> chunk(std::size_t{1} << 16);
    file_checksum result;
    for (std::size_t got = chunk.size(); got == chunk.size();) {
        got = file.read(chunk);
        result.add(std::span(chunk).first(got));
    }
    return result;
}

} // namespace topoprune
