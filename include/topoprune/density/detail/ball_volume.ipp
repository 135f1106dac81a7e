// SPDX-License-Identifier: MIT
#pragma once

#include "ball_volume.hpp"

#include <cmath>
#include <numbers>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double log_factorial(std::int64_t m) {
    double sum = 0;
    for (std::int64_t k = 2; k <= m; ++k)
        sum += std::log(static_cast<double>(k));
    return sum;
}

TOPOPRUNE_DEFINE double log_ball_volume(std::int64_t m) {
    double sum = m % 2 == 0 ? 0.0 : std::log(2.0);
    for (std::int64_t k = m % 2 + 2; k <= m; k += 2)
        sum += std::log(2 * std::numbers::pi / static_cast<double>(k));
    return sum;
}

} // namespace topoprune::detail
