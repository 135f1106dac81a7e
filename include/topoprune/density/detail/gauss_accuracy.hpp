// SPDX-License-Identifier: MIT
#pragma once

#include "gauss_expansion.hpp"

#include <cmath>
#include <cstdint>

namespace topoprune::detail {

/// What an error of at most `error` by one charge asks of the boxes, in units of the kernel exp(-|u|^2): half
/// of it goes to the pairs that are left out, half to the expansions.
struct gauss_accuracy {
    /// Boxes more than this many rows or columns apart do not see one another.
    std::int64_t reach = 3;
    double side = 0;
    std::int64_t value_terms = 0;
    std::int64_t slope_terms = 0;

    explicit gauss_accuracy(double error) {
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

    /// Sides are rounded up by at most 2^-23.
    [[nodiscard]] double half_side() const { return 0.5 * side * (1 + 0x1p-22); }
};

} // namespace topoprune::detail
