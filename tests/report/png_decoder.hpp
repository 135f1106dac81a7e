// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What a PNG file of stored blocks holds, read by the words of its standards (ISO/IEC 15948, RFC 1950 and
/// 1951) and without zlib.
namespace report_tests {

struct decoded_png {
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::int64_t channels = 0;
    std::string pixels;
};

inline std::uint32_t word_at(std::string_view bytes, std::size_t at) {
    std::uint32_t word = 0;
    for (const char c : bytes.substr(at, 4))
        word = word << 8 | static_cast<unsigned char>(c);
    return word;
}

/// The remainder of a polynomial division, bit by bit.
inline std::uint32_t crc_of(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) != 0 ? crc >> 1 ^ 0xedb88320U : crc >> 1;
    }
    return ~crc;
}

inline std::uint32_t adler_of(std::string_view bytes) {
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const char c : bytes) {
        a = (a + static_cast<unsigned char>(c)) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

/// The bytes of a zlib stream of stored blocks.
inline std::string stored_bytes(std::string_view stream) {
    REQUIRE(stream.size() >= 6);
    const auto byte = [&](std::size_t at) -> std::uint32_t { return static_cast<unsigned char>(stream[at]); };
    CHECK((byte(0) & 15U) == 8); // deflate
    CHECK((byte(0) >> 4) <= 7);  // a window of at most 32 KiB
    CHECK((byte(0) * 256 + byte(1)) % 31 == 0);
    CHECK((byte(1) & 32U) == 0); // no dictionary
    std::string bytes;
    std::size_t at = 2;
    for (bool last = false; !last;) {
        REQUIRE(at + 5 <= stream.size());
        last = (byte(at) & 1U) != 0;
        CHECK(byte(at) <= 1); // stored, and the rest of the byte is zero
        const std::uint32_t size = byte(at + 1) | byte(at + 2) << 8;
        CHECK((byte(at + 3) | byte(at + 4) << 8) == (~size & 0xffffU));
        at += 5;
        REQUIRE(at + size <= stream.size());
        bytes += stream.substr(at, size);
        at += size;
    }
    REQUIRE(at + 4 == stream.size());
    CHECK(word_at(stream, at) == adler_of(bytes));
    return bytes;
}

inline decoded_png decode_png(std::string_view file) {
    REQUIRE(file.starts_with("\x89PNG\r\n\x1a\n"));
    decoded_png image;
    std::string stream;
    std::size_t at = 8;
    for (std::string_view name; name != "IEND";) {
        REQUIRE(at + 12 <= file.size());
        const std::size_t size = word_at(file, at);
        REQUIRE(at + 12 + size <= file.size());
        name = file.substr(at + 4, 4);
        const std::string_view content = file.substr(at + 8, size);
        CHECK(word_at(file, at + 8 + size) == crc_of(file.substr(at + 4, 4 + size)));
        if (at == 8) {
            REQUIRE(name == "IHDR");
            REQUIRE(size == 13);
            image.width = word_at(content, 0);
            image.height = word_at(content, 4);
            CHECK(content[8] == 8);
            REQUIRE((content[9] == 0 || content[9] == 2));
            image.channels = content[9] == 2 ? 3 : 1;
            CHECK(content.substr(10) == std::string_view("\0\0\0", 3));
        } else if (name == "IDAT") {
            stream += content;
        } else {
            REQUIRE(name == "IEND");
            CHECK(size == 0);
        }
        at += 12 + size;
    }
    CHECK(at == file.size());
    const std::string lines = stored_bytes(stream);
    const auto line = static_cast<std::size_t>(image.width * image.channels);
    REQUIRE(lines.size() == static_cast<std::size_t>(image.height) * (line + 1));
    for (std::size_t begin = 0; begin < lines.size(); begin += line + 1) {
        CHECK(lines[begin] == 0); // no filter
        image.pixels += lines.substr(begin + 1, line);
    }
    return image;
}

/// The bytes that text in base64 stands for.
inline std::string base64_bytes(std::string_view text) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    CHECK(text.size() % 4 == 0);
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text.substr(0, text.find('='))) {
        const std::size_t digit = digits.find(c);
        REQUIRE(digit != std::string_view::npos);
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 255U);
        }
    }
    return bytes;
}

} // namespace report_tests
