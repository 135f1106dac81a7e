// SPDX-License-Identifier: MIT
#pragma once

#include "byte_pilot.hpp"

#include "product_tiles.hpp"

#include <algorithm>
#include <atomic>

namespace topoprune::detail {

TOPOPRUNE_DEFINE bool bytes_resolve(const product_form& form, const byte_rows& rows,
                                    std::span<const std::int32_t> order, std::int64_t k, std::int64_t width,
                                    const execution& where) {
    constexpr std::int64_t most_pilots = 64;
    const std::int64_t n = form.rows.rows(), pilots = std::min(n, most_pilots);
    std::vector<std::int32_t> ids;
    for (std::int64_t p = 0; p < pilots; ++p)
        ids.push_back(order[static_cast<std::size_t>(p * n / pilots)]);
    const matrix<float> pilot_rows =
        gather_rows<float>(matrix_view<const float>(form.rows), std::span<const std::int32_t>(ids));
    matrix<float> raws(pilots, n);
    where.parallel_ranges(n, tile_columns, [&](std::int64_t begin, std::int64_t end) {
        matrix<float> tile;
        multiply_rows(pilot_rows, form.rows.middleRows(begin, end - begin), tile);
        raws.middleCols(begin, end - begin) = -tile;
    });
    std::atomic<std::int64_t> resolved = 0;
    where.parallel_for(pilots, [&](std::int64_t p) {
        const auto i = static_cast<std::size_t>(p * n / pilots);
        const float half = form.halves[static_cast<std::size_t>(order[i])];
        std::vector<float> sorted(static_cast<std::size_t>(n));
        for (std::size_t j = 0; j < sorted.size(); ++j) {
            float& raw = raws(p, static_cast<Eigen::Index>(j));
            raw += half + form.halves[j];
            sorted[j] = raw;
        }
        // The sample itself is among them, so the k-th neighbor is the one after k others.
        std::nth_element(sorted.begin(), sorted.begin() + k, sorted.end());
        std::int64_t near = 0;
        for (std::size_t j = 0; j < sorted.size(); ++j) {
            const float bound = rows.errors[i] * rows.lengths[j] + rows.rounded_lengths[i] * rows.errors[j];
            near += raws(p, order[j]) - bound <= sorted[static_cast<std::size_t>(k)];
        }
        resolved += near <= width;
    });
    return 16 * resolved >= 15 * pilots;
}

} // namespace topoprune::detail
