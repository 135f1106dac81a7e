// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/matrix.hpp"
#include "../filtration.hpp"

#include <cmath>
#include <cstdint>

namespace topoprune::detail {

/// Adds the pull-back of a derivative by the scale of the edge (u, v), half its length, to gradient (n x m):
/// value (x_u - x_v) / (2 |x_u - x_v|) at u and its opposite at v; nothing at length 0.
inline void add_half_length(matrix_view<const double> points, const scale_derivative& derivative,
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

} // namespace topoprune::detail
