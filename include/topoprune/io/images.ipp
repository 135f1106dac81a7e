// SPDX-License-Identifier: MIT
#pragma once

#include "images.hpp"

#include "../core/matrix.hpp"
#include "detail/array_data.hpp"
#include "detail/npy_header.hpp"
#include "idx.hpp"
#include "table.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE array_header read_image_header(byte_source& source) {
    const table_format format = recognize_format(source);
    if (format == table_format::csv)
        source.fail("is text, must be an array in .npy or idx");
    array_header header = format == table_format::npy ? read_npy_header(source) : read_idx_header(source);
    const std::vector<std::int64_t>& shape = header.shape;
    const bool is_gray = shape.size() == 3;
    const bool is_color = shape.size() == 4 && shape[3] == 3;
    if (!is_gray && !is_color)
        source.fail(header.text() + " is no stack of images, must be of shape (n, height, width) or (n, " +
                    "height, width, 3)");
    if (header.type.is_integer() && (header.type.kind != 'u' || header.type.bytes != 1))
        source.fail("dtype is " + header.type.name() + ", must be uint8 or a float");
    return header;
}

TOPOPRUNE_DEFINE std::vector<std::uint8_t> read_image_bytes(byte_source& source, const array_header& header) {
    const table_shape table = checked_table(source, header);
    std::vector<std::uint8_t> values;
    read_raw<std::uint8_t, std::uint8_t>(source, header, table, values);
    if (!header.fortran_order)
        return values;
    std::vector<std::uint8_t> turned(values.size());
    const std::vector<std::int64_t> column_of = fortran_columns(header, table.columns);
    for (std::int64_t k = 0; k < table.columns; ++k)
        for (std::int64_t i = 0; i < table.rows; ++i)
            turned[static_cast<std::size_t>(i * table.columns + column_of[static_cast<std::size_t>(k)])] =
                values[static_cast<std::size_t>(k * table.rows + i)];
    return turned;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE image_stack read_images(byte_source& source) {
    const detail::array_header header = detail::read_image_header(source);
    image_stack images{.count = header.shape[0],
                       .height = header.shape[1],
                       .width = header.shape[2],
                       .channels = header.shape.size() == 4 ? 3 : 1,
                       .bytes = {}};
    if (header.type.is_integer()) {
        images.bytes = detail::read_image_bytes(source, header);
        return images;
    }
    const matrix<float> values = detail::read_matrix_data<float>(source, header);
    const std::span<const float> all(values.data(), static_cast<std::size_t>(values.size()));
    if (all.empty())
        return images;
    const auto [least, most] = std::minmax_element(all.begin(), all.end());
    images.range = image_range{.low = *least, .high = *most};
    const double low = *least;
    const double width = *most - low;
    images.bytes.reserve(all.size());
    for (const float value : all)
        images.bytes.push_back(width > 0
                                   ? static_cast<std::uint8_t>(std::lround(255 * ((value - low) / width)))
                                   : std::uint8_t{0});
    return images;
}

} // namespace topoprune
