// SPDX-License-Identifier: MIT
#pragma once

#include "subset_distance.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE distance_estimate root_of_mean(std::span<const double> values, double order) {
    double sum = 0, largest = 0;
    for (const double v : values)
        largest = std::max(largest, v);
    if (largest == 0)
        return {};
    for (const double v : values)
        sum += v / largest;
    const auto count = static_cast<double>(values.size());
    const double mean = sum / count;
    double squares = 0;
    for (const double v : values)
        squares += (v / largest - mean) * (v / largest - mean);
    const double error_of_mean = values.size() > 1 ? std::sqrt(squares / (count - 1) / count) : 0.0;
    const double value = std::pow(mean, 1 / order) * std::pow(largest, 1 / order);
    return {.value = value, .standard_error = value * error_of_mean / (order * mean)};
}

} // namespace topoprune::detail
