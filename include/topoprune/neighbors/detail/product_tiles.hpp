// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"
#include "all_pairs.hpp"
#include "candidate_lists.hpp"

#include <array>
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

/// Offers the pairs (rows, columns) of a tile of products to the lists of both samples; where the ranges
/// meet, only the pairs with row < column. Nearly every pair is turned away by one comparison of a whole
/// vector with the larger of the two thresholds.
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
