// SPDX-License-Identifier: MIT
#pragma once

#include "png.hpp"

#include "base64_digits.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void append_word(std::string& bytes, std::uint64_t word) {
    for (const int shift : {24, 16, 8, 0})
        bytes += static_cast<char>(word >> shift & 255U);
}

TOPOPRUNE_DEFINE void append_chunk(std::string& file, std::string_view name, std::string_view content) {
    append_word(file, content.size());
    const std::size_t begin = file.size();
    file.append(name).append(content);
    const auto checked = std::string_view(file).substr(begin);
    append_word(
        file, ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size())));
}

TOPOPRUNE_DEFINE std::string stored_stream(std::string_view bytes) {
    constexpr std::size_t longest = 65535;
    std::string stream = "\x78\x01";
    std::size_t at = 0;
    do {
        const std::string_view block = bytes.substr(at, longest);
        at += block.size();
        stream += static_cast<char>(at == bytes.size() ? 1 : 0);
        for (const std::size_t size : {block.size(), ~block.size()}) {
            stream += static_cast<char>(size & 255U);
            stream += static_cast<char>(size >> 8 & 255U);
        }
        stream.append(block);
    } while (at < bytes.size());
    append_word(stream, ::adler32(::adler32(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()),
                                  static_cast<uInt>(bytes.size())));
    return stream;
}

TOPOPRUNE_DEFINE std::string png_file(const picture& shown) {
    std::string header;
    append_word(header, static_cast<std::uint64_t>(shown.width));
    append_word(header, static_cast<std::uint64_t>(shown.height));
    header += '\x08';
    header += shown.channels == 3 ? '\x02' : '\x00';
    header.append(3, '\x00');

    // Every line begins with the number of its filter, 0 for none.
    std::string lines;
    const auto line_bytes = static_cast<std::size_t>(shown.width * shown.channels);
    lines.reserve(static_cast<std::size_t>(shown.height) * (line_bytes + 1));
    for (std::size_t at = 0; at < shown.bytes.size(); at += line_bytes) {
        lines += '\x00';
        lines.append(reinterpret_cast<const char*>(shown.bytes.data()) + at, line_bytes);
    }

    std::string file = "\x89PNG\r\n\x1a\n";
    append_chunk(file, "IHDR", header);
    append_chunk(file, "IDAT", stored_stream(lines));
    append_chunk(file, "IEND", {});
    return file;
}

TOPOPRUNE_DEFINE std::string base64_text(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view three = bytes.substr(at, 3);
        std::uint64_t number = 0;
        for (std::size_t k = 0; k < 3; ++k)
            number = number << 8 | (k < three.size() ? static_cast<unsigned char>(three[k]) : 0U);
        append_base64(text, number, 4);
        std::fill_n(text.end() - static_cast<std::ptrdiff_t>(3 - three.size()), 3 - three.size(), '=');
    }
    return text;
}

} // namespace topoprune::detail
