// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../metric.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Rows of a product form in one byte a coordinate, and what the rounding costs:
///     x_i = y_i + e_i,   y_i = offset_i + scale_i q_i,   q_i in {0, ..., 255}^d,
/// with the offset at the row's least coordinate and the scale such that its largest becomes 255. Then
///     |<x_i, x_j> - <y_i, y_j>| <= |e_i| |x_j| + |y_i| |e_j|                        (Cauchy and Schwarz)
/// and <y_i, y_j> is an integer product and four numbers a row, so that raw(i, j) has a lower bound that can
/// be computed at the rate of byte products and never errs.
///
/// The bytes lie in panels of 16 rows: for every 4 coordinates those of row 0, then of row 1, ..., as the
/// instructions that multiply bytes take them. Rows are filled up to a multiple of 64 and coordinates to one
/// of 4 with zeros. d + 44 bytes a sample.
struct byte_rows {
    std::int64_t samples = 0;
    std::int64_t groups = 0; // of 4 coordinates
    std::vector<std::uint8_t> panels;
    /// 128 times the sum of q.
    std::vector<std::int32_t> shifts;
    std::vector<float> scales, offsets;
    std::vector<float> sums;            // scale times the sum of q
    std::vector<float> totals;          // sum of y
    std::vector<float> halves;          // a little below those of the product form, for the rounding of sums
    std::vector<float> lengths;         // |x|
    std::vector<float> errors;          // |e|
    std::vector<float> rounded_lengths; // at least |y|
    /// 2^-8.5 (sqrt(d) |offset| + scale |q|), which bounds the terms that cancel in <y_i, y_j>: the product
    /// of two is more than the rounding of their sum.
    std::vector<float> reaches;

    /// Beyond, sums of products of bytes leave 32 bits.
    static constexpr std::int64_t most_coordinates = 30'000;

    static constexpr std::int64_t panel_rows = 16;

    [[nodiscard]] const std::uint8_t* panel(std::int64_t row) const {
        return panels.data() + row / panel_rows * groups * 4 * panel_rows;
    }
    /// The 4 bytes of a row and group.
    [[nodiscard]] const std::uint8_t* quad(std::int64_t row, std::int64_t group) const {
        return panel(row) + (group * panel_rows + row % panel_rows) * 4;
    }
};

/// Writes row i. The error is measured in double from what was stored, so it holds however the compiler
/// rounds the quotients; lengths and errors are rounded up.
TOPOPRUNE_DECLARE void quantize_row(std::span<const float> x, float half, std::int64_t i, byte_rows& rows);

/// Row i is that of sample order[i]. O(n d).
TOPOPRUNE_DECLARE [[nodiscard]] byte_rows
quantize_rows(const product_form& form, std::span<const std::int32_t> order, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "byte_rows.ipp"
#endif
