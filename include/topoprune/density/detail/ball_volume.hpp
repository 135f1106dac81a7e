// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

/// Logarithms, because both grow or vanish fast with the dimension.
namespace topoprune::detail {

/// log m!
[[nodiscard]] inline double log_factorial(std::int64_t m) {
    double sum = 0;
    for (std::int64_t k = 2; k <= m; ++k)
        sum += std::log(static_cast<double>(k));
    return sum;
}

/// The volume of the unit ball in m dimensions, v_m = pi^(m/2) / Gamma(m/2 + 1), by v_m = v_(m-2) 2 pi / m
/// from v_0 = 1, v_1 = 2.
[[nodiscard]] inline double log_ball_volume(std::int64_t m) {
    double sum = m % 2 == 0 ? 0.0 : std::log(2.0);
    for (std::int64_t k = m % 2 + 2; k <= m; k += 2)
        sum += std::log(2 * std::numbers::pi / static_cast<double>(k));
    return sum;
}

} // namespace topoprune::detail
