// SPDX-License-Identifier: MIT
#pragma once

#include "euclidean_rows.hpp"

#include "pair_sums.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE euclidean_rows embed_rows(product_form form, const execution& where) {
    const std::int64_t n = form.rows.rows(), d = form.rows.cols();
    euclidean_rows result{.points = {},
                          .shortfalls = std::vector<float>(static_cast<std::size_t>(n), 0.0F),
                          .unit = form.unit,
                          .offset = form.offset};
    std::atomic<bool> lengthened{false};
    where.parallel_ranges(n, 1024, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const std::span<const float> row(form.rows.data() + i * d, static_cast<std::size_t>(d));
            const double square = 2.0 * static_cast<double>(form.halves[static_cast<std::size_t>(i)]);
            const double shortfall = square - sum_products(row, row).xx;
            // Less is the rounding of rows and halves, which any search must allow for.
            if (shortfall > 0x1p-22 * square) {
                result.shortfalls[static_cast<std::size_t>(i)] = static_cast<float>(shortfall);
                lengthened = true;
            }
        }
    });
    result.lengthened = lengthened;
    if (!result.lengthened) {
        result.points = std::move(form.rows);
        return result;
    }
    result.points.resize(n, d + 1);
    result.points.leftCols(d) = form.rows;
    for (std::int64_t i = 0; i < n; ++i)
        result.points(i, d) = std::sqrt(result.shortfalls[static_cast<std::size_t>(i)]);
    return result;
}

} // namespace topoprune::detail
