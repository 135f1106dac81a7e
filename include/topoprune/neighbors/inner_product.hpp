// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/pair_sums.hpp"
#include "metric.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace topoprune {

/// Minus the inner product, -<x, y>: the larger the product, the nearer. It is no distance in the strict
/// sense: it may be negative, and a sample is not nearest to its own duplicate but to the longest samples of
/// its direction. Kept within the range of float.
struct inner_product {
    /// Rows in units of a power of two that keeps squares from overflowing, halves all equal to H, half the
    /// largest squared length: raw = 2 H - <row_i, row_j>, offset -2 H.
    [[nodiscard]] product_form prepare(matrix_view<const float> points, const execution& where) const {
        const std::int64_t n = points.rows(), d = points.columns();
        product_form form{.rows = matrix<float>(n, d),
                          .halves = std::vector<float>(static_cast<std::size_t>(n))};
        float reach = 0;
        for (std::int64_t c = 0; c < points.size(); ++c)
            reach = std::max(reach, std::abs(points.data()[c]));
        const double length_unit = reach > 0 ? std::exp2(std::ilogb(reach)) : 1.0;
        where.parallel_ranges(n, 256, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) {
                for (std::int64_t c = 0; c < d; ++c)
                    form.rows(i, c) = static_cast<float>(static_cast<double>(points(i, c)) / length_unit);
                const std::span<const float> row(form.rows.data() + i * d, static_cast<std::size_t>(d));
                form.halves[static_cast<std::size_t>(i)] =
                    static_cast<float>(0.5 * detail::sum_products(row, row).xx);
            }
        });
        const float half = n > 0 ? *std::max_element(form.halves.begin(), form.halves.end()) : 0.0F;
        std::fill(form.halves.begin(), form.halves.end(), half);
        form.unit = length_unit * length_unit;
        form.offset = -2.0 * static_cast<double>(half) * form.unit;
        return form;
    }

    [[nodiscard]] double to_distance(double raw) const { return within_float(raw); }

    [[nodiscard]] double distance(std::span<const float> x, std::span<const float> y) const {
        return within_float(-detail::sum_products(x, y).xy);
    }

private:
    [[nodiscard]] static double within_float(double value) {
        constexpr double largest = std::numeric_limits<float>::max();
        return std::clamp(value, -largest, largest);
    }
};

static_assert(Metric<inner_product>);

} // namespace topoprune
