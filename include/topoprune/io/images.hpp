// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "byte_source.hpp"
#include "detail/array_header.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

/// Images from a file of one array, .npy or idx, plain or gzipped, told by the first bytes.
namespace topoprune {

/// The numbers that became black and white.
struct image_range {
    float low = 0;
    float high = 0;
};

/// Images of one size, one byte a channel: count x height x width x channels in C order, with one channel
/// (gray, 0 is black) or three (red, green, blue).
struct image_stack {
    std::int64_t count = 0;
    std::int64_t height = 0;
    std::int64_t width = 0;
    std::int64_t channels = 1;
    std::vector<std::uint8_t> bytes;
    /// Unset if the file holds bytes. If it holds floats, the least and the largest of them all: v became
    /// 255 (v - low) / (high - low), rounded; 0 if all are equal.
    std::optional<image_range> range{};

    [[nodiscard]] std::int64_t bytes_per_image() const { return height * width * channels; }

    [[nodiscard]] std::span<const std::uint8_t> image(std::int64_t i) const {
        return std::span(bytes).subspan(static_cast<std::size_t>(i * bytes_per_image()),
                                        static_cast<std::size_t>(bytes_per_image()));
    }
};

namespace detail {

/// The header of a file that holds images, as far as the header tells.
TOPOPRUNE_DECLARE [[nodiscard]] array_header read_image_header(byte_source& source);

/// The data of unsigned bytes, in C order.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::uint8_t> read_image_bytes(byte_source& source,
                                                                           const array_header& header);

} // namespace detail

/// An array of shape n x h x w or n x h x w x 3, of unsigned bytes or floats (16, 32 or 64 bits), in C or
/// Fortran order. Refused with an input_error are other shapes and types, truncated files and bytes that
/// follow the data, and floats that are NaN, infinite or beyond the range of float32, with row and column.
///
/// Cost: O(size) time. Memory beside the result: four bytes a number while floats are read, twice that in
/// Fortran order; for bytes in Fortran order one byte a number.
TOPOPRUNE_DECLARE [[nodiscard]] image_stack read_images(byte_source& source);

[[nodiscard]] inline image_stack read_images(const std::filesystem::path& path) {
    byte_source source(path);
    return read_images(source);
}

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "images.ipp"
#endif
