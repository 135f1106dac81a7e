// SPDX-License-Identifier: MIT
#pragma once

#include "picture.hpp"

#include <algorithm>
#include <cstddef>

namespace topoprune::detail {

TOPOPRUNE_DEFINE reduced_size::reduced_size(const image_stack& images, std::int64_t longest) {
    const std::int64_t longer = std::max(images.width, images.height);
    const auto reduced = [&](std::int64_t side) {
        return longer <= longest ? side
                                 : std::max(std::int64_t{1}, (2 * side * longest + longer) / (2 * longer));
    };
    width = reduced(images.width);
    height = reduced(images.height);
}

TOPOPRUNE_DEFINE picture reduced_picture(const image_stack& images, std::int64_t i,
                                         const reduced_size& size) {
    const std::span<const std::uint8_t> from = images.image(i);
    picture to{.width = size.width, .height = size.height, .channels = images.channels, .bytes = {}};
    to.bytes.reserve(static_cast<std::size_t>(to.width * to.height * to.channels));
    for (std::int64_t y = 0; y < to.height; ++y)
        for (std::int64_t x = 0; x < to.width; ++x)
            for (std::int64_t channel = 0; channel < to.channels; ++channel) {
                std::int64_t sum = 0;
                std::int64_t count = 0;
                for (std::int64_t v = y * images.height / to.height; v < (y + 1) * images.height / to.height;
                     ++v)
                    for (std::int64_t u = x * images.width / to.width; u < (x + 1) * images.width / to.width;
                         ++u, ++count)
                        sum += from[static_cast<std::size_t>((v * images.width + u) * images.channels +
                                                             channel)];
                to.bytes.push_back(static_cast<std::uint8_t>((2 * sum + count) / (2 * count)));
            }
    return to;
}

TOPOPRUNE_DEFINE picture picture_sheet(const image_stack& images, std::span<const std::int64_t> samples,
                                       const reduced_size& size, std::int64_t columns) {
    const std::int64_t lines = (std::ssize(samples) + columns - 1) / columns;
    picture sheet{.width = columns * size.width,
                  .height = lines * size.height,
                  .channels = images.channels,
                  .bytes = {}};
    sheet.bytes.resize(static_cast<std::size_t>(sheet.width * sheet.height * sheet.channels));
    const std::int64_t line_bytes = size.width * images.channels;
    for (std::int64_t k = 0; k < std::ssize(samples); ++k) {
        const picture one = reduced_picture(images, samples[static_cast<std::size_t>(k)], size);
        for (std::int64_t y = 0; y < size.height; ++y)
            std::copy_n(one.bytes.begin() + y * line_bytes, line_bytes,
                        sheet.bytes.begin() +
                            ((k / columns * size.height + y) * sheet.width + k % columns * size.width) *
                                images.channels);
    }
    return sheet;
}

} // namespace topoprune::detail
