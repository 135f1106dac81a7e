// SPDX-License-Identifier: MIT
#pragma once

#include "coverage_radius.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE coverage_summary coverage_of(std::span<const double> distances) {
    coverage_summary result;
    for (const double distance : distances) {
        result.mean += distance / static_cast<double>(distances.size());
        result.max = std::max(result.max, distance);
    }
    return result;
}

} // namespace topoprune::detail
