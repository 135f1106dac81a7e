// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"

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

TOPOPRUNE_DECLARE [[nodiscard]] euclidean_rows embed_rows(product_form form, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "euclidean_rows.ipp"
#endif
