// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"
#include "candidate_lists.hpp"

#include <xsimd/xsimd.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

/// All pairs of samples by matrix products, each pair once, offered to the lists of both.
namespace topoprune::detail {

/// Samples [begin, end).
struct sample_range {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    [[nodiscard]] std::int64_t size() const { return end - begin; }
};

/// A tile of 256 x 512 products is half a megabyte and stays in the second-level cache between the product
/// and the scan; smaller ones lose to the packing of operands, larger ones to memory.
inline constexpr std::int64_t tile_rows = 256;
inline constexpr std::int64_t tile_columns = 512;

/// tile(i, j) = <a_i, b_j>.
[[gnu::noinline]] inline void multiply_rows(Eigen::Ref<const matrix<float>> a,
                                            Eigen::Ref<const matrix<float>> b, matrix<float>& tile) {
    tile.resize(a.rows(), b.rows());
    tile.noalias() = a * b.transpose();
}

/// Offers the pairs (rows, columns) of a tile of products to the lists of both samples; where the ranges
/// meet, only the pairs with row < column. Nearly every pair is turned away by one comparison of a whole
/// vector with the larger of the two thresholds.
[[gnu::noinline]] inline void offer_tile(const matrix<float>& tile, sample_range rows, sample_range columns,
                                         const float* halves, candidate_lists& lists) {
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
            for (std::size_t lane = 0; lane < batch::size; ++lane)
                if (raws[lane] < limits[lane])
                    offer(j + static_cast<std::int64_t>(lane), raws[lane]);
        }
        for (; j < columns.end; ++j)
            offer(j, halves[i] + halves[j] - products[j - columns.begin]);
    }
}

/// Fills the lists from all pairs. The samples are cut into P blocks; in round r block a meets block
/// (r - a) mod P. That pairs the blocks off, so no two tasks of a round write to the same lists, and after P
/// rounds every pair of blocks has met once. The cut depends on n alone.
inline void offer_all_pairs(const product_form& form, candidate_lists& lists, const execution& where) {
    const std::int64_t n = form.rows.rows();
    // 64 blocks occupy up to 32 threads; blocks below 64 rows are not worth a product.
    const std::int64_t block = std::clamp<std::int64_t>((n + 63) / 64, 64, tile_columns);
    const std::int64_t blocks = (n + block - 1) / block;
    const auto samples_of = [&](std::int64_t b) {
        return sample_range{b * block, std::min(n, (b + 1) * block)};
    };
    for (std::int64_t round = 0; round < blocks; ++round) {
        where.report_progress("neighbors", round, blocks);
        where.parallel_for(blocks, [&](std::int64_t a) {
            const std::int64_t b = (round - a + blocks) % blocks;
            if (b < a) // met as (b, a)
                return;
            const sample_range columns = samples_of(b);
            matrix<float> tile;
            for (std::int64_t i = samples_of(a).begin; i < samples_of(a).end; i += tile_rows) {
                const sample_range rows{i, std::min(i + tile_rows, samples_of(a).end)};
                multiply_rows(form.rows.middleRows(rows.begin, rows.size()),
                              form.rows.middleRows(columns.begin, columns.size()), tile);
                offer_tile(tile, rows, columns, form.halves.data(), lists);
            }
        });
    }
    where.report_progress("neighbors", blocks, blocks);
}

} // namespace topoprune::detail
