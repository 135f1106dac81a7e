// SPDX-License-Identifier: MIT
#include <topoprune/io/checksum.hpp>
#include <topoprune/io/file_error.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace topoprune;
using namespace topoprune::testing;

TEST_CASE("checksums are those of CRC-32, of the bytes on the disk") {
    const temporary_folder folder;
    const auto check_value = checksum_of_file(write_file(folder / "f", "123456789"));
    CHECK(check_value.bytes == 9);
    CHECK(check_value.text() == "crc32:cbf43926");
    CHECK(checksum_of_file(write_file(folder / "e", "")) == file_checksum{});
    CHECK(checksum_of_file(write_file(folder / "e", "")).text() == "crc32:00000000");
    const std::string packed = gzipped("123456789");
    CHECK(checksum_of_file(write_file(folder / "g", packed)).bytes == packed.size());

    // Longer than the reader's chunk, against the division bit by bit.
    std::string text;
    for (std::uint32_t i = 0; i < 600000; ++i)
        text += static_cast<char>(i * 7919U >> 3);
    std::uint32_t remainder = 0xffffffffU;
    for (const char c : text) {
        remainder ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            remainder = remainder >> 1 ^ ((remainder & 1U) != 0 ? 0xedb88320U : 0U);
    }
    CHECK(checksum_of_file(write_file(folder / "l", text)).crc32 == ~remainder);
    CHECK_THROWS_AS((void)checksum_of_file(folder / "missing"), input_error);
}
