// SPDX-License-Identifier: MIT
#pragma once

#include "product_tiles.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE void multiply_rows(Eigen::Ref<const matrix<float>> a,
                                                Eigen::Ref<const matrix<float>> b, matrix<float>& tile) {
    tile.resize(a.rows(), b.rows());
    tile.noalias() = a * b.transpose();
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void offer_tile(const matrix<float>& tile, sample_range rows,
                                             sample_range columns, const float* halves,
                                             candidate_lists& lists) {
    const float* thresholds = lists.thresholds();
    scan_tile(tile, rows, columns, halves + rows.begin, halves + columns.begin, thresholds + rows.begin,
              thresholds + columns.begin, [&](std::int64_t i, std::int64_t j, float raw) {
                  lists.offer(i, raw, static_cast<std::int32_t>(j));
                  lists.offer(j, raw, static_cast<std::int32_t>(i));
              });
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
