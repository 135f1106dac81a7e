// SPDX-License-Identifier: MIT
#pragma once

#include "lexicographic.hpp"

#include "../core/checks.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> lexicographic::combine(std::span<const double> persistence_column,
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

} // namespace topoprune
