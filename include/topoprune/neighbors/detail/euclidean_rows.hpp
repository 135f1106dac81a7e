// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"
#include "pair_sums.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// A product form as points of a Euclidean space, for indices that know no other distance:
///     raw(i, j) = (|query_i - point_j|^2 + shortfall_i) / 2.
/// The shortfall 2 halves[i] - |rows_i|^2 is 0 for most metrics. Where it is not (zero vectors, inner
/// products), points are lengthened by the coordinate sqrt(shortfall) and queries by a 0 (Bachrach et al.
/// 2014). Up to the rounding of float, as raw itself.
struct euclidean_rows {
    /// n x d or n x (d + 1), row-major.
    matrix<float> points;
    /// n.
    std::vector<float> shortfalls;
    bool lengthened = false;
    /// Those of the product form.
    double unit = 1;
    double offset = 0;

    /// Writes the query of a sample: its row, with 0 for the added coordinate.
    template <class Number>
    void write_query(std::int64_t sample, std::vector<Number>& query) const {
        query.assign(points.row(sample).begin(), points.row(sample).end());
        if (lengthened)
            query.back() = 0;
    }
    [[nodiscard]] double raw(std::int64_t sample, double square) const {
        return 0.5 * (square + static_cast<double>(shortfalls[static_cast<std::size_t>(sample)]));
    }
    /// The inverse of raw.
    [[nodiscard]] double square(std::int64_t sample, double raw) const {
        return 2.0 * raw - static_cast<double>(shortfalls[static_cast<std::size_t>(sample)]);
    }
};

[[nodiscard]] inline euclidean_rows embed_rows(product_form form, const execution& where) {
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
