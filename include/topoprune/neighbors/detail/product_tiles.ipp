// SPDX-License-Identifier: MIT
#pragma once

#include "product_tiles.hpp"

#include "../../core/simd.hpp"

#include <algorithm>
#include <bit>

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE void multiply_rows(Eigen::Ref<const matrix<float>> a,
                                                Eigen::Ref<const matrix<float>> b, matrix<float>& tile) {
    tile.resize(a.rows(), b.rows());
    tile.noalias() = a * b.transpose();
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void offer_tile(const matrix<float>& tile, sample_range rows,
                                             sample_range columns, const float* halves,
                                             candidate_lists& lists) {
    using batch = xsimd::batch<float>;
    constexpr auto lanes = static_cast<std::int64_t>(batch::size);
    const float* thresholds = lists.thresholds();
    std::array<float, batch::size> raws{}, limits{};
    for (std::int64_t i = rows.begin; i < rows.end; ++i) {
        const float* products = tile.data() + (i - rows.begin) * columns.size();
        const auto offer = [&](std::int64_t j, float raw) {
            lists.offer(i, raw, static_cast<std::int32_t>(j));
            lists.offer(j, raw, static_cast<std::int32_t>(i));
        };
        const batch half(halves[i]);
        std::int64_t j = std::max(columns.begin, i + 1);
        for (; j + lanes <= columns.end; j += lanes) {
            const batch raw = half + batch::load_unaligned(halves + j) -
                              batch::load_unaligned(products + (j - columns.begin));
            const batch limit = xsimd::max(batch(thresholds[i]), batch::load_unaligned(thresholds + j));
            if (!xsimd::any(raw < limit)) [[likely]]
                continue;
            raw.store_unaligned(raws.data());
            limit.store_unaligned(limits.data());
            std::uint32_t below = 0;
            for (std::size_t lane = 0; lane < batch::size; ++lane)
                below |= std::uint32_t{raws[lane] < limits[lane]} << lane;
            for (; below != 0; below &= below - 1) {
                const int lane = std::countr_zero(below);
                offer(j + lane, raws[static_cast<std::size_t>(lane)]);
            }
        }
        for (; j < columns.end; ++j)
            offer(j, halves[i] + halves[j] - products[j - columns.begin]);
    }
}

TOPOPRUNE_DEFINE void float_products::offer(sample_range rows, sample_range columns,
                                            candidate_lists& lists) const {
    matrix<float> tile;
    for (std::int64_t i = rows.begin; i < rows.end; i += tile_rows) {
        const sample_range some{i, std::min(i + tile_rows, rows.end)};
        multiply_rows(form.rows.middleRows(some.begin, some.size()),
                      form.rows.middleRows(columns.begin, columns.size()), tile);
        offer_tile(tile, some, columns, form.halves.data(), lists);
    }
}

} // namespace topoprune::detail
