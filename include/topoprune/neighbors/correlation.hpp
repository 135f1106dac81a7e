// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/centered_sums.hpp"
#include "metric.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// 1 - Pearson's correlation of the features of two samples, in [0, 2]: the cosine distance of the samples
/// minus their own means. A sample whose features are all equal has no direction: like a zero vector under
/// cosine, it is at distance 1 from everything, others of its kind included.
struct correlation {
    /// Rows of mean 0 and length 1 (or 0), halves 1/2: raw = 1 - correlation.
    [[nodiscard]] product_form prepare(matrix_view<const float> points, const execution& where) const {
        product_form form{.rows = matrix<float>(points.rows(), points.columns()),
                          .halves = std::vector<float>(static_cast<std::size_t>(points.rows()), 0.5F)};
        where.parallel_ranges(points.rows(), 256, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) {
                const auto x = points.row(i);
                const double mean = detail::mean_of(x);
                const double length = std::sqrt(detail::sum_centered_products(x, mean, x, mean).xx);
                const double scale = length > 0 ? 1.0 / length : 0.0;
                for (std::int64_t c = 0; c < points.columns(); ++c)
                    form.rows(i, c) = static_cast<float>((static_cast<double>(points(i, c)) - mean) * scale);
            }
        });
        return form;
    }

    [[nodiscard]] double to_distance(double raw) const { return std::clamp(raw, 0.0, 2.0); }

    /// Exactly 0 for equal samples that are not constant: sqrt(s * s) = s in IEEE arithmetic.
    [[nodiscard]] double distance(std::span<const float> x, std::span<const float> y) const {
        const auto sums = detail::sum_centered_products(x, detail::mean_of(x), y, detail::mean_of(y));
        const double lengths = std::sqrt(sums.xx * sums.yy);
        return lengths > 0 ? std::clamp(1.0 - sums.xy / lengths, 0.0, 2.0) : 1.0;
    }
};

static_assert(Metric<correlation>);

} // namespace topoprune
