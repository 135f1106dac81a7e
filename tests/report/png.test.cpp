// SPDX-License-Identifier: MIT
#include <topoprune/report/detail/picture.hpp>
#include <topoprune/report/detail/png.hpp>

#include "report/png_decoder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace topoprune;
using namespace report_tests;

namespace {

std::vector<std::uint8_t> random_bytes(std::int64_t count) {
    std::mt19937 generator(1);
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(count));
    for (std::uint8_t& byte : bytes)
        byte = static_cast<std::uint8_t>(generator());
    return bytes;
}

std::string as_text(const std::vector<std::uint8_t>& bytes) {
    return {bytes.begin(), bytes.end()};
}

} // namespace

TEST_CASE("the oracle knows the checksums of the standards") {
    CHECK(crc_of("123456789") == 0xcbf43926U);
    CHECK(crc_of("IEND") == 0xae426082U);
    CHECK(adler_of("Wikipedia") == 0x11e60398U);
}

TEST_CASE("a PNG file gives its pixels back") {
    // The last two have more than one stored block, and one that is full.
    for (const auto& [width, height, channels] : {std::tuple{1, 1, 1},
                                                  {3, 2, 3},
                                                  {8, 8, 1},
                                                  {5, 7, 3},
                                                  {300, 400, 1},
                                                  {65534, 1, 1},
                                                  {200, 120, 3}}) {
        CAPTURE(width);
        const detail::picture shown{.width = width,
                                    .height = height,
                                    .channels = channels,
                                    .bytes = random_bytes(std::int64_t{1} * width * height * channels)};
        const std::string file = detail::png_file(shown);
        const decoded_png back = decode_png(file);
        CHECK(back.width == width);
        CHECK(back.height == height);
        CHECK(back.channels == channels);
        CHECK(back.pixels == as_text(shown.bytes));
        CHECK(base64_bytes(detail::base64_text(file)) == file);
    }
}

TEST_CASE("base64 is that of the standard") {
    const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"},
                                                                   {"\xff\xfe\xfd", "//79"}};
    for (const auto& [bytes, text] : vectors)
        CHECK(detail::base64_text(bytes) == text);
}

TEST_CASE("a reduced image holds the means of its boxes, and one that fits is kept as it is") {
    for (const std::int64_t channels : {1, 3}) {
        const image_stack images{.count = 2,
                                 .height = 6,
                                 .width = 9,
                                 .channels = channels,
                                 .bytes = random_bytes(2 * 6 * 9 * channels)};
        const auto pixel = [&](std::int64_t i, std::int64_t y, std::int64_t x, std::int64_t c) {
            return images.bytes[static_cast<std::size_t>(((i * 6 + y) * 9 + x) * channels + c)];
        };
        const detail::reduced_size third(images, 3);
        CHECK(third.width == 3);
        CHECK(third.height == 2);
        const detail::picture small = detail::reduced_picture(images, 1, third);
        REQUIRE(small.bytes.size() == static_cast<std::size_t>(6 * channels));
        for (std::int64_t y = 0; y < 2; ++y)
            for (std::int64_t x = 0; x < 3; ++x)
                for (std::int64_t c = 0; c < channels; ++c) {
                    double sum = 0;
                    for (std::int64_t k = 0; k < 9; ++k)
                        sum += pixel(1, 3 * y + k / 3, 3 * x + k % 3, c);
                    const int got = small.bytes[static_cast<std::size_t>((y * 3 + x) * channels + c)];
                    CHECK(std::abs(got - sum / 9) <= 0.5);
                }
        const detail::picture whole = detail::reduced_picture(images, 1, detail::reduced_size(images, 9));
        CHECK(std::equal(whole.bytes.begin(), whole.bytes.end(), images.image(1).begin(),
                         images.image(1).end()));
    }
}

TEST_CASE("images whose sides are no multiples are reduced without loss of a mean") {
    for (const auto& [height, width] :
         {std::pair<std::int64_t, std::int64_t>{100, 37}, {33, 32}, {1, 500}, {500, 1}, {64, 47}}) {
        const image_stack even{.count = 1,
                               .height = height,
                               .width = width,
                               .channels = 1,
                               .bytes =
                                   std::vector<std::uint8_t>(static_cast<std::size_t>(height * width), 137)};
        const detail::reduced_size size(even, 32);
        CHECK(std::max(size.width, size.height) == 32);
        CHECK(std::min(size.width, size.height) >= 1);
        const detail::picture small = detail::reduced_picture(even, 0, size);
        CHECK(small.bytes ==
              std::vector<std::uint8_t>(static_cast<std::size_t>(size.width * size.height), 137));
    }
}

TEST_CASE("a sheet holds every picture in its place") {
    for (const std::int64_t channels : {1, 3}) {
        const image_stack images{.count = 7,
                                 .height = 4,
                                 .width = 5,
                                 .channels = channels,
                                 .bytes = random_bytes(7 * 4 * 5 * channels)};
        const std::vector<std::int64_t> samples{6, 0, 3, 2, 5};
        const detail::picture sheet =
            detail::picture_sheet(images, samples, detail::reduced_size(images, 32), 2);
        REQUIRE(sheet.width == 10);
        REQUIRE(sheet.height == 12);
        for (std::int64_t k = 0; k < 6; ++k)
            for (std::int64_t y = 0; y < 4; ++y)
                for (std::int64_t at = 0; at < 5 * channels; ++at) {
                    const std::int64_t place = ((k / 2 * 4 + y) * 10 + k % 2 * 5) * channels + at;
                    const std::int64_t sample = k == 5 ? 0 : samples[static_cast<std::size_t>(k)];
                    const auto within = static_cast<std::size_t>(y * 5 * channels + at);
                    const int expected = k == 5 ? 0 : images.image(sample)[within];
                    CHECK(sheet.bytes[static_cast<std::size_t>(place)] == expected);
                }
    }
}
