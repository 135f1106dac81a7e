// SPDX-License-Identifier: MIT
#pragma once

#include "combiner.hpp"

#include <algorithm>
#include <cmath>
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

    [[nodiscard]] std::vector<double> combine(std::span<const double> persistence_column,
                                              std::span<const double> density_column,
                                              const class_partition& classes) const {
        require(levels >= 1, "lexicographic", "levels", levels, "at least 1");
        const bool density_first = first == column::density;
        std::vector<double> score = normalized_by_class(density_first ? density_column : persistence_column,
                                                        classes, normalization::min_max);
        const std::vector<double> second = normalized_by_class(
            density_first ? persistence_column : density_column, classes, normalization::rank);
        for (std::size_t i = 0; i < score.size(); ++i) {
            const double level = std::min(std::floor(score[i] * levels), levels - 1.0);
            score[i] = (level + second[i]) / (levels + 1);
        }
        return score;
    }
};

static_assert(Combiner<lexicographic>);

} // namespace topoprune
