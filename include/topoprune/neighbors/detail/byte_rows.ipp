// SPDX-License-Identifier: MIT
#pragma once

#include "byte_rows.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE void quantize_row(std::span<const float> x, float half, std::int64_t i,
                                               byte_rows& rows) {
    const auto at = static_cast<std::size_t>(i);
    float low = x.empty() ? 0.0F : x[0], high = low;
    for (const float value : x) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    const float scale = (high - low) / 255.0F;
    const float inverse = scale > 0 ? 1.0F / scale : 0.0F;
    std::int64_t sum = 0;
    double square = 0, length = 0, error = 0;
    for (std::size_t c = 0; c < x.size(); ++c) {
        const auto q = static_cast<std::int32_t>(std::clamp((x[c] - low) * inverse + 0.5F, 0.0F, 255.0F));
        const double difference =
            static_cast<double>(x[c]) - (static_cast<double>(low) + static_cast<double>(scale) * q);
        sum += q;
        square += static_cast<double>(q) * q;
        length += static_cast<double>(x[c]) * static_cast<double>(x[c]);
        error += difference * difference;
        const std::size_t group = c / 4;
        rows.panels[(at / 16 * static_cast<std::size_t>(rows.groups) + group) * 64 + at % 16 * 4 + c % 4] =
            static_cast<std::uint8_t>(q);
    }
    constexpr double up = 1 + 0x1p-20;
    const auto d = static_cast<double>(x.size());
    rows.shifts[at] = static_cast<std::int32_t>(128 * sum);
    rows.scales[at] = scale;
    rows.offsets[at] = low;
    rows.sums[at] = static_cast<float>(static_cast<double>(scale) * static_cast<double>(sum));
    rows.totals[at] = static_cast<float>(d * static_cast<double>(low) +
                                         static_cast<double>(scale) * static_cast<double>(sum));
    rows.halves[at] = static_cast<float>(static_cast<double>(half) * (1 - 0x1p-19));
    rows.lengths[at] = static_cast<float>(std::sqrt(length) * up);
    rows.errors[at] = static_cast<float>(std::sqrt(error) * up);
    rows.rounded_lengths[at] = static_cast<float>((std::sqrt(length) + std::sqrt(error)) * up);
    rows.reaches[at] = static_cast<float>(
        (std::sqrt(d) * std::abs(static_cast<double>(low)) + static_cast<double>(scale) * std::sqrt(square)) *
        0.0028);
}

TOPOPRUNE_DEFINE byte_rows quantize_rows(const product_form& form, std::span<const std::int32_t> order,
                                         const execution& where) {
    const std::int64_t n = form.rows.rows(), d = form.rows.cols();
    const auto filled = static_cast<std::size_t>((n + 63) / 64 * 64);
    byte_rows rows;
    rows.samples = n;
    rows.groups = (d + 3) / 4;
    rows.panels.resize(filled * static_cast<std::size_t>(rows.groups) * 4);
    rows.shifts.resize(filled);
    for (std::vector<float>* column : {&rows.scales, &rows.offsets, &rows.sums, &rows.totals, &rows.halves,
                                       &rows.lengths, &rows.errors, &rows.rounded_lengths, &rows.reaches})
        column->resize(filled);
    where.parallel_ranges(n, 256, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t sample = order[static_cast<std::size_t>(i)];
            quantize_row({form.rows.data() + sample * d, static_cast<std::size_t>(d)},
                         form.halves[static_cast<std::size_t>(sample)], i, rows);
        }
    });
    return rows;
}

} // namespace topoprune::detail
