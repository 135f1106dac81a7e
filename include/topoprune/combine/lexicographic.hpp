// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "combiner.hpp"

#include <span>
#include <vector>

namespace topoprune {

/// One column first, the other where the first is alike: the first is cut within its class into `levels` of
/// equal width (min-max), and within a level the samples are ordered by their rank in the second:
///     score = (level + rank of the second in its class) / (levels + 1),   in [0, 1].
/// Strata of the score then are strata of the first column, split by the second. O(n log n).
struct lexicographic {
    enum class column { persistence, density };

    column first = column::density;
    /// >= 1; 1 leaves only the second column.
    int levels = 10;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> combine(std::span<const double> persistence_column,
                                                                std::span<const double> density_column,
                                                                const class_partition& classes) const;
};

static_assert(Combiner<lexicographic>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "lexicographic.ipp"
#endif
