// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

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

    TOPOPRUNE_DECLARE explicit gauss_accuracy(double error);

    /// Sides are rounded up by at most 2^-23.
    [[nodiscard]] double half_side() const { return 0.5 * side * (1 + 0x1p-22); }
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "gauss_accuracy.ipp"
#endif
