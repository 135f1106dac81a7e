// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/pair_sums.hpp"
#include "metric.hpp"

#include <algorithm>
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
    TOPOPRUNE_DECLARE [[nodiscard]] product_form prepare(matrix_view<const float> points,
                                                         const execution& where) const;

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

#if !defined(TOPOPRUNE_COMPILED)
#include "inner_product.ipp"
#endif
