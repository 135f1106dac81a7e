// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "../../core/simd.hpp"
#include "../metric.hpp"
#include "all_pairs.hpp"
#include "candidate_lists.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

/// Pairs of samples compared by matrix products in float.
namespace topoprune::detail {

/// A tile of 256 x 512 products is half a megabyte and stays in the second-level cache between the product
/// and the scan; smaller ones lose to the packing of operands, larger ones to memory.
inline constexpr std::int64_t tile_rows = 256;
inline constexpr std::int64_t tile_columns = 512;

/// tile(i, j) = <a_i, b_j>.
TOPOPRUNE_DECLARE void multiply_rows(Eigen::Ref<const matrix<float>> a, Eigen::Ref<const matrix<float>> b,
                                     matrix<float>& tile);

/// Calls offer(row, column, raw) for the pairs of a tile of products with raw = row_half + column_half -
/// product below the limit of the row or of the column; where the ranges meet, only for those with
/// row < column. Nearly every pair is turned away by one comparison of a whole vector with the larger of the
/// two limits, which may fall meanwhile. Halves and limits are those of the rows and of the columns alone.
template <class Offer>
void scan_tile(const matrix<float>& tile, sample_range rows, sample_range columns, const float* row_halves,
               const float* column_halves, const float* row_limits, const float* column_limits,
               const Offer& offer) {
    using batch = xsimd::batch<float>;
    constexpr auto lanes = static_cast<std::int64_t>(batch::size);
    std::array<float, batch::size> raws{}, limits{};
    for (std::int64_t row = 0; row < rows.size(); ++row) {
        const std::int64_t i = rows.begin + row;
        const float* products = tile.data() + row * columns.size();
        const batch half(row_halves[row]);
        std::int64_t j = std::max<std::int64_t>(0, i + 1 - columns.begin);
        for (; j + lanes <= columns.size(); j += lanes) {
            const batch raw =
                half + batch::load_unaligned(column_halves + j) - batch::load_unaligned(products + j);
            const batch limit = xsimd::max(batch(row_limits[row]), batch::load_unaligned(column_limits + j));
            if (!xsimd::any(raw < limit)) [[likely]]
                continue;
            raw.store_unaligned(raws.data());
            limit.store_unaligned(limits.data());
            std::uint32_t below = 0;
            for (std::size_t lane = 0; lane < batch::size; ++lane)
                below |= std::uint32_t{raws[lane] < limits[lane]} << lane;
            for (; below != 0; below &= below - 1) {
                const int lane = std::countr_zero(below);
                offer(i, columns.begin + j + lane, raws[static_cast<std::size_t>(lane)]);
            }
        }
        for (; j < columns.size(); ++j) {
            const float raw = row_halves[row] + column_halves[j] - products[j];
            if (raw < std::max(row_limits[row], column_limits[j]))
                offer(i, columns.begin + j, raw);
        }
    }
}

/// Offers the pairs of a tile to the lists of both samples.
TOPOPRUNE_DECLARE void offer_tile(const matrix<float>& tile, sample_range rows, sample_range columns,
                                  const float* halves, candidate_lists& lists);

/// Compares ranges of samples for offer_all_pairs: the values are raw(i, j) of a product form.
struct float_products {
    static constexpr std::int64_t most_columns = tile_columns;
    const product_form& form;

    TOPOPRUNE_DECLARE void offer(sample_range rows, sample_range columns, candidate_lists& lists) const;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "product_tiles.ipp"
#endif
