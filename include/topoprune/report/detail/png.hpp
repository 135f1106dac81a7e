// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "picture.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace topoprune::detail {

/// Four bytes, the highest first.
TOPOPRUNE_DECLARE void append_word(std::string& bytes, std::uint64_t word);

/// A chunk of a PNG file: the length of the content, the name, the content, the checksum of the last two.
TOPOPRUNE_DECLARE void append_chunk(std::string& file, std::string_view name, std::string_view content);

/// A zlib stream (RFC 1950) whose deflate blocks (RFC 1951) hold the bytes as they are.
TOPOPRUNE_DECLARE [[nodiscard]] std::string stored_stream(std::string_view bytes);

/// The picture as a PNG file, gray or red-green-blue with 8 bits a channel. Its pixels stand in stored blocks
/// of deflate: a file is larger than a compressed one, about as large as the pixels, but its bytes do not
/// depend on a version of zlib. The sides must be below 2^31, the pixels below 2^31 bytes.
TOPOPRUNE_DECLARE [[nodiscard]] std::string png_file(const picture& shown);

/// The bytes in base64, padded with "=" (RFC 4648).
TOPOPRUNE_DECLARE [[nodiscard]] std::string base64_text(std::string_view bytes);

/// The picture as a data URI, which stands in the place of an address in a page.
[[nodiscard]] inline std::string png_address(const picture& shown) {
    return "data:image/png;base64," + base64_text(png_file(shown));
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "png.ipp"
#endif
