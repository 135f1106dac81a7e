// SPDX-License-Identifier: MIT
#include <topoprune/io/images.hpp>

#include "io/files.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

using namespace topoprune;
using namespace topoprune::testing;

namespace {

/// A .npy file of version 1.0.
std::string image_npy(const std::string& type, const std::string& shape, const std::string& data,
                      bool fortran = false) {
    const std::string text = "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") +
                             ", 'shape': " + shape + ", }\n";
    std::string bytes("\x93NUMPY\1\0", 8);
    bytes += static_cast<char>(text.size() & 255U);
    bytes += static_cast<char>(text.size() >> 8);
    return bytes + text + data;
}

std::string image_idx(char type, const std::string& lengths, const std::string& data) {
    std::string bytes(2, '\0');
    bytes += type;
    bytes += static_cast<char>(lengths.size());
    for (const char length : lengths)
        bytes += std::string(3, '\0') + length;
    return bytes + data;
}

/// 0, 1, 2, ...
std::vector<std::uint8_t> counting(std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
    return bytes;
}

std::string counting_text(std::size_t count) {
    const std::vector<std::uint8_t> bytes = counting(count);
    return {bytes.begin(), bytes.end()};
}

template <class T>
std::string bytes_in_memory(const std::vector<T>& values) {
    std::string bytes(values.size() * sizeof(T), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

image_stack images_in(const std::string& bytes) {
    const temporary_folder folder;
    return read_images(write_file(folder / "f", bytes));
}

std::string image_defect(const std::string& bytes) {
    return defect([&] { (void)images_in(bytes); });
}

const std::string native = std::endian::native == std::endian::little ? "<" : ">";

} // namespace

TEST_CASE("images of bytes are read from .npy and idx, gray and in color, plain and gzipped") {
    for (const std::string& gray :
         {image_npy("|u1", "(4, 2, 3)", counting_text(24)), image_idx('\x08', "\4\2\3", counting_text(24))})
        for (const bool packed : {false, true}) {
            const image_stack images = images_in(packed ? gzipped(gray) : gray);
            CHECK(images.count == 4);
            CHECK(images.height == 2);
            CHECK(images.width == 3);
            CHECK(images.channels == 1);
            CHECK(images.bytes == counting(24));
            CHECK_FALSE(images.range.has_value());
            CHECK(images.image(2)[1] == 13);
            CHECK(images.image(2).size() == 6);
        }
    for (const std::string& color : {image_npy("|u1", "(2, 4, 5, 3)", counting_text(120)),
                                     image_idx('\x08', "\2\4\5\3", counting_text(120))}) {
        const image_stack images = images_in(color);
        CHECK(images.count == 2);
        CHECK(images.height == 4);
        CHECK(images.width == 5);
        CHECK(images.channels == 3);
        CHECK(images.bytes == counting(120));
    }
    CHECK(images_in(image_npy("|u1", "(0, 2, 3)", "")).count == 0);
    CHECK(images_in(image_npy("<f4", "(0, 2, 3)", "")).bytes.empty());
}

TEST_CASE("images in Fortran order are turned") {
    // Entry (i, y, x, c) lies at i + 2 y + 6 x + 24 c.
    const image_stack images = images_in(image_npy("|u1", "(2, 3, 4, 3)", counting_text(72), true));
    for (std::int64_t i = 0; i < 2; ++i)
        for (std::int64_t y = 0; y < 3; ++y)
            for (std::int64_t x = 0; x < 4; ++x)
                for (std::int64_t c = 0; c < 3; ++c)
                    CHECK(images.image(i)[static_cast<std::size_t>((y * 4 + x) * 3 + c)] ==
                          i + 2 * y + 6 * x + 24 * c);
}

TEST_CASE("floats are scaled from their least to their largest number") {
    const std::vector<float> values{-1.5F, 0.0F, 0.25F, 3.5F, 1.0F, 3.4999F, -1.4F, 2.0F};
    const auto expected = [](double value) { return std::lround(255 * (value + 1.5) / 5); };
    const std::vector<double> doubles(values.begin(), values.end());
    for (const std::string& file : {image_npy(native + "f4", "(2, 2, 2)", bytes_in_memory(values)),
                                    image_npy(native + "f8", "(2, 2, 2)", bytes_in_memory(doubles))}) {
        const image_stack images = images_in(file);
        REQUIRE(images.range.has_value());
        CHECK(images.range->low == -1.5F);
        CHECK(images.range->high == 3.5F);
        REQUIRE(images.bytes.size() == values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            CHECK(images.bytes[i] == expected(values[i]));
    }
    const std::vector<float> equal(6, 2.0F);
    CHECK(images_in(image_npy(native + "f4", "(1, 2, 3)", bytes_in_memory(equal))).bytes ==
          std::vector<std::uint8_t>(6, 0));
    const float most = std::numeric_limits<float>::max();
    CHECK(images_in(image_npy(native + "f4", "(1, 1, 2)", bytes_in_memory(std::vector{most, -most}))).bytes ==
          std::vector<std::uint8_t>{255, 0});
}

TEST_CASE("what is no stack of images is refused with a word on what it is") {
    const std::string must = " is no stack of images, must be of shape (n, height, width) or (n, height, "
                             "width, 3)";
    CHECK(image_defect(image_npy("|u1", "(4, 6)", counting_text(24))) == "shape (4, 6) of uint8" + must);
    CHECK(image_defect(image_npy("|u1", "(24,)", counting_text(24))) == "shape (24,) of uint8" + must);
    CHECK(image_defect(image_npy("|u1", "(1, 3, 4, 2)", counting_text(24))) ==
          "shape (1, 3, 4, 2) of uint8" + must);
    CHECK(image_defect(image_npy("|u1", "(1, 1, 2, 4, 3)", counting_text(24))) ==
          "shape (1, 1, 2, 4, 3) of uint8" + must);
    CHECK(image_defect(image_idx('\x08', "\4\6", counting_text(24))) == "shape (4, 6) of uint8" + must);
    CHECK(image_defect(image_npy("|i1", "(4, 2, 3)", counting_text(24))) ==
          "dtype is int8, must be uint8 or a float");
    CHECK(image_defect(image_npy("|b1", "(4, 2, 3)", counting_text(24))) ==
          "dtype is bool, must be uint8 or a float");
    CHECK(image_defect(image_npy("<u2", "(2, 2, 3)", counting_text(24))) ==
          "dtype is uint16, must be uint8 or a float");
    CHECK(image_defect(image_idx('\x0B', "\2\2\3", counting_text(24))) ==
          "dtype is int16, must be uint8 or a float");
    CHECK(image_defect("1,2\n3,4\n") == "is text, must be an array in .npy or idx");
    CHECK(image_defect("") == "is empty");
    CHECK(image_defect(image_npy("|u1", "(4, 0, 3)", "")).find("makes 0 columns") != std::string::npos);
}

TEST_CASE("truncated and overlong images are refused, and floats that are no numbers") {
    const std::string gray = image_npy("|u1", "(4, 2, 3)", counting_text(23));
    CHECK(image_defect(gray) == "truncated: shape (4, 2, 3) of uint8 needs 24 bytes of data, only 23 there");
    CHECK(image_defect(gzipped(gray)) ==
          "truncated: shape (4, 2, 3) of uint8 needs 24 bytes of data, only 23 there");
    CHECK(image_defect(image_idx('\x08', "\4\2\3", counting_text(25))) ==
          "too long: shape (4, 2, 3) of uint8 needs 24 bytes of data, 25 there");
    CHECK(image_defect(gzipped(image_idx('\x08', "\4\2\3", counting_text(25)))) ==
          "bytes follow the data of shape (4, 2, 3) of uint8");
    std::string cut = gzipped(gray);
    cut.resize(cut.size() - 9);
    CHECK(image_defect(cut).starts_with("truncated"));
    const std::vector<float> values{1, 2, 3, std::numeric_limits<float>::quiet_NaN()};
    CHECK(image_defect(image_npy(native + "f4", "(2, 1, 2)", bytes_in_memory(values))) ==
          "row 1, column 1 is nan, must be finite");
}
