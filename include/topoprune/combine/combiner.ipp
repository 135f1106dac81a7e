// SPDX-License-Identifier: MIT
#pragma once

#include "combiner.hpp"

#include "../core/checks.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> weighted_sum::combine(std::span<const double> persistence_column,
                                                           std::span<const double> density_column,
                                                           const class_partition& classes) const {
    require(persistence >= 0 && std::isfinite(persistence), "weighted_sum", "persistence", persistence,
            "at least 0 and finite");
    require(density >= 0 && std::isfinite(density), "weighted_sum", "density", density,
            "at least 0 and finite");
    require(persistence + density > 0, "weighted_sum", "the sum of the weights", persistence + density,
            "positive");
    std::vector<double> score = normalized_by_class(persistence_column, classes, normalization);
    const std::vector<double> other = normalized_by_class(density_column, classes, normalization);
    for (std::size_t i = 0; i < score.size(); ++i)
        score[i] = persistence * score[i] + density * other[i];
    return score;
}

} // namespace topoprune
