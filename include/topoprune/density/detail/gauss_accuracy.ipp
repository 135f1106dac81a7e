// SPDX-License-Identifier: MIT
#pragma once

#include "gauss_accuracy.hpp"

#include "gauss_expansion.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE gauss_accuracy::gauss_accuracy(double error) {
    // Beyond the radius both exp(-d^2) and its slope 2 d exp(-d^2) are below half the error.
    double radius = 1;
    for (int i = 0; i < 20; ++i)
        radius = std::sqrt(std::log(2 * (1 + 2 * radius) / error));
    side = radius / static_cast<double>(reach);
    while (gauss_expansion_error(++value_terms, half_side()).value > 0.5 * error) {
    }
    slope_terms = value_terms;
    while (gauss_expansion_error(slope_terms, half_side()).slope > 0.5 * error)
        ++slope_terms;
}

} // namespace topoprune::detail
