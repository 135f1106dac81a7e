// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../io/images.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// height x width x channels bytes in C order; one channel is gray, three are red, green, blue.
struct picture {
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::int64_t channels = 1;
    std::vector<std::uint8_t> bytes;
};

/// The sides of the images of a stack once the longer one is at most `longest`, in the same proportion; at
/// least 1. Images that fit keep their size.
struct reduced_size {
    TOPOPRUNE_DECLARE reduced_size(const image_stack& images, std::int64_t longest);

    std::int64_t width = 0;
    std::int64_t height = 0;
};

/// Image `i` in that size: each pixel is the mean of the box of pixels that it stands for, rounded. Boxes
/// differ by at most one pixel a side and do not overlap.
TOPOPRUNE_DECLARE [[nodiscard]] picture reduced_picture(const image_stack& images, std::int64_t i,
                                                        const reduced_size& size);

/// The images of some samples in that size, line by line with `columns` in each, as one picture; what is left
/// of the last line is black.
TOPOPRUNE_DECLARE [[nodiscard]] picture picture_sheet(const image_stack& images,
                                                      std::span<const std::int64_t> samples,
                                                      const reduced_size& size, std::int64_t columns);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "picture.ipp"
#endif
