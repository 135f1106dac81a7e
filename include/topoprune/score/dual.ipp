// SPDX-License-Identifier: MIT
#pragma once

#include "dual.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE double dual::of_sample(const detail::output_table& table) const {
    const std::int64_t length = std::min<std::int64_t>(window, table.epochs);
    const auto probability = [&](std::int64_t t) { return table.epoch(t)[table.label]; };
    double sum = 0;
    for (std::int64_t first = 0; first + length <= table.epochs; ++first) {
        double mean = 0, squares = 0;
        for (std::int64_t t = first; t < first + length; ++t)
            mean += probability(t);
        mean /= static_cast<double>(length);
        for (std::int64_t t = first; t < first + length; ++t)
            squares += (probability(t) - mean) * (probability(t) - mean);
        sum += std::sqrt(squares / static_cast<double>(length - 1)) * (1 - mean);
    }
    return sum / static_cast<double>(table.epochs - length + 1);
}

} // namespace topoprune
