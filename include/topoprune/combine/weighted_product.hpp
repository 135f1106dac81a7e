// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "combiner.hpp"

#include <span>
#include <vector>

namespace topoprune {

/// persistence^a * density^b of the columns normalized within their class to [0, 1]: a sample must be high in
/// both to be high, where weighted_sum lets one stand for the other. A strength of 0 leaves a column out, a
/// larger one presses its low values down. O(n log n).
struct weighted_product {
    /// Strengths, >= 0, not both 0.
    double persistence = 1;
    double density = 1;
    /// min_max or rank: the others do not lie in [0, 1].
    topoprune::normalization normalization = topoprune::normalization::min_max;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> combine(std::span<const double> persistence_column,
                                                                std::span<const double> density_column,
                                                                const class_partition& classes) const;
};

static_assert(Combiner<weighted_product>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "weighted_product.ipp"
#endif
