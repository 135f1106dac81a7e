// SPDX-License-Identifier: MIT
#pragma once

#include "weighted_product.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> weighted_product::combine(std::span<const double> persistence_column,
                                                               std::span<const double> density_column,
                                                               const class_partition& classes) const {
    require(persistence >= 0 && std::isfinite(persistence), "weighted_product", "persistence", persistence,
            "at least 0 and finite");
    require(density >= 0 && std::isfinite(density), "weighted_product", "density", density,
            "at least 0 and finite");
    require(persistence + density > 0, "weighted_product", "the sum of the strengths", persistence + density,
            "positive");
    require(normalization == normalization::min_max || normalization == normalization::rank,
            "weighted_product", "normalization", normalization_name(normalization), "min-max or rank");
    std::vector<double> score = normalized_by_class(persistence_column, classes, normalization);
    const std::vector<double> other = normalized_by_class(density_column, classes, normalization);
    for (std::size_t i = 0; i < score.size(); ++i)
        score[i] = std::pow(score[i], persistence) * std::pow(other[i], density);
    return score;
}

} // namespace topoprune
