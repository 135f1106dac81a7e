// SPDX-License-Identifier: MIT
#pragma once

#include "ground_norm.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE std::array<double, 2> l2::derivative(double dr, double df) const {
    const double length = std::hypot(dr, df);
    if (length == 0)
        return {0, 0};
    return {dr / length, df / length};
}

} // namespace topoprune
