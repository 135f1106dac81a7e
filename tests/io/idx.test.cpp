// SPDX-License-Identifier: MIT
#include <topoprune/io/idx.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

/// The lowest `bytes` bytes of `bits`, highest first.
std::string big_endian(std::uint64_t bits, int bytes) {
    std::string result;
    for (int i = bytes - 1; i >= 0; --i)
        result += static_cast<char>(bits >> (8 * i) & 255U);
    return result;
}

std::string idx_header(int type, const std::vector<std::uint32_t>& shape) {
    std::string result = big_endian(static_cast<std::uint64_t>(type) << 8 | shape.size(), 4);
    for (const std::uint32_t length : shape)
        result += big_endian(length, 4);
    return result;
}

std::string idx_defect(const std::string& bytes) {
    const temporary_folder folder;
    return defect([&] { (void)read_idx_matrix<float>(write_file(folder / "f", bytes)); });
}

} // namespace

TEST_CASE("idx files of every type are read as tables, axes beyond the first as columns") {
    const temporary_folder folder;
    const std::vector<double> expected{1, 0, 7, 100, 3, 127, 2, 9, 5, 6, 8, 4};
    for (const int type : {0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E}) {
        CAPTURE(type);
        std::string bytes = idx_header(type, {2, 3, 2});
        for (const double value : expected) {
            if (type == 0x0D)
                bytes += big_endian(std::bit_cast<std::uint32_t>(static_cast<float>(value)), 4);
            else if (type == 0x0E)
                bytes += big_endian(std::bit_cast<std::uint64_t>(value), 8);
            else
                bytes += big_endian(static_cast<std::uint64_t>(value), type == 0x0B   ? 2
                                                                       : type == 0x0C ? 4
                                                                                      : 1);
        }
        for (const bool packed : {false, true}) {
            const auto path = write_file(folder / "f", packed ? gzipped(bytes) : bytes);
            const auto table = read_idx_matrix<double>(path);
            REQUIRE(table.rows() == 2);
            REQUIRE(table.cols() == 6);
            for (int i = 0; i < 12; ++i)
                CHECK(table(i / 6, i % 6) == expected[static_cast<std::size_t>(i)]);
        }
    }
}

TEST_CASE("labels are read from idx, signed ones with their sign") {
    const temporary_folder folder;
    using labels = std::vector<std::int64_t>;
    CHECK(read_idx_integers(write_file(folder / "u", idx_header(8, {3}) + "\x05\x01\xff")) ==
          labels{5, 1, 255});
    CHECK(read_idx_integers(write_file(folder / "i", idx_header(9, {3}) + "\x05\x01\xff")) ==
          labels{5, 1, -1});
    CHECK(read_idx_integers(write_file(folder / "c", idx_header(11, {1, 1}) + "\xff\xfe")) == labels{-2});
    CHECK(defect([&] { (void)read_idx_integers(write_file(folder / "f", idx_header(13, {0}))); }) ==
          "dtype is float32, must be an integer type");
    CHECK(defect([&] { (void)read_idx_integers(write_file(folder / "m", idx_header(8, {1, 2}) + "ab")); }) ==
          "shape (1, 2) of uint8 makes 2 columns, must be 1");
}

TEST_CASE("damaged idx files are refused by name of the damage") {
    const std::string not_idx =
        "is not an idx file: it must begin with two zero bytes, a type and a number of axes";
    CHECK(idx_defect("") == "is empty");
    CHECK(idx_defect("abcd") == not_idx);
    CHECK(idx_defect(std::string(2, '\0')) == not_idx);
    CHECK(idx_defect(idx_header(7, {1}) + "a") == not_idx);
    CHECK(idx_defect(idx_header(8, {})) == not_idx);
    CHECK(idx_defect(idx_header(8, {2, 3}).substr(0, 10)) ==
          "truncated: the length of an axis needs 4 bytes, only 2 there");
    CHECK(idx_defect(idx_header(8, {2, 3}) + "abcde") ==
          "truncated: shape (2, 3) of uint8 needs 6 bytes of data, only 5 there");
    CHECK(idx_defect(idx_header(8, {2, 3}) + "abcdefg") ==
          "too long: shape (2, 3) of uint8 needs 6 bytes of data, 7 there");
    CHECK(idx_defect(gzipped(idx_header(8, {2, 3}) + "abcdefg")) ==
          "bytes follow the data of shape (2, 3) of uint8");
    CHECK(idx_defect(idx_header(8, {UINT32_MAX, UINT32_MAX, UINT32_MAX})) ==
          "shape (4294967295, 4294967295, 4294967295) of uint8 is more than any memory holds");
    CHECK(idx_defect(idx_header(8, {UINT32_MAX, 1000})).starts_with("truncated: "));
    const std::uint32_t nan = std::bit_cast<std::uint32_t>(std::nanf(""));
    CHECK(idx_defect(idx_header(13, {2, 2}) + std::string(8, '\0') + big_endian(nan, 4) +
                     std::string(4, '\0')) == "row 1, column 0 is nan, must be finite");
}
