// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/homology/barcode.hpp>

#include <limits>
#include <utility>
#include <vector>

constexpr double forever = std::numeric_limits<double>::infinity();

/// Where bars begin and end, without their simplices.
inline std::vector<std::pair<double, double>> ends(const topoprune::barcode& bars) {
    std::vector<std::pair<double, double>> result;
    for (const topoprune::bar& b : bars)
        result.emplace_back(b.birth, b.death);
    return result;
}
