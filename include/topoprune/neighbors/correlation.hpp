// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/centered_sums.hpp"
#include "metric.hpp"

#include <algorithm>
#include <span>

namespace topoprune {

/// 1 - Pearson's correlation of the features of two samples, in [0, 2]: the cosine distance of the samples
/// minus their own means. A sample whose features are all equal has no direction: like a zero vector under
/// cosine, it is at distance 1 from everything, others of its kind included.
struct correlation {
    /// All constant samples are at one distance from everything.
    static constexpr bool compares_directions = true;

    /// Rows of mean 0 and length 1 (or 0), halves 1/2: raw = 1 - correlation.
    [[nodiscard]] product_form prepare(matrix_view<const float> points, const execution& where) const {
        return detail::unit_rows(points, [](std::span<const float> x) { return detail::mean_of(x); }, where);
    }

    void write_unrounded_row(std::span<const float> x, std::span<double> row) const {
        detail::write_unit_row(x, detail::mean_of(x), row);
    }

    [[nodiscard]] double to_distance(double raw) const { return std::clamp(raw, 0.0, 2.0); }

    /// Exactly 0 for equal samples that are not constant.
    [[nodiscard]] double distance(std::span<const float> x, std::span<const float> y) const {
        return detail::angular_distance(
            detail::sum_centered_products(x, detail::mean_of(x), y, detail::mean_of(y)));
    }
};

static_assert(Metric<correlation> && GivesUnroundedRows<correlation>);

} // namespace topoprune
