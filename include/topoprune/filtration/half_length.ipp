// SPDX-License-Identifier: MIT
#pragma once

#include "half_length.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE void add_half_length(matrix_view<const double> points, const scale_derivative& derivative,
                                      matrix_view<double> gradient) {
    const auto [u, v, value] = derivative;
    double square = 0;
    for (std::int64_t k = 0; k < points.columns(); ++k)
        square += (points(u, k) - points(v, k)) * (points(u, k) - points(v, k));
    if (square == 0)
        return;
    const double factor = 0.5 * value / std::sqrt(square);
    for (std::int64_t k = 0; k < points.columns(); ++k) {
        const double pull = factor * (points(u, k) - points(v, k));
        gradient(u, k) += pull;
        gradient(v, k) -= pull;
    }
}

} // namespace topoprune
