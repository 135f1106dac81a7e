// SPDX-License-Identifier: MIT
#pragma once

#include "combiner.hpp"

#include <cmath>
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

    [[nodiscard]] std::vector<double> combine(std::span<const double> persistence_column,
                                              std::span<const double> density_column,
                                              const class_partition& classes) const {
        require(persistence >= 0 && std::isfinite(persistence), "weighted_product", "persistence",
                persistence, "at least 0 and finite");
        require(density >= 0 && std::isfinite(density), "weighted_product", "density", density,
                "at least 0 and finite");
        require(persistence + density > 0, "weighted_product", "the sum of the strengths",
                persistence + density, "positive");
        require(normalization == normalization::min_max || normalization == normalization::rank,
                "weighted_product", "normalization", normalization_name(normalization), "min-max or rank");
        std::vector<double> score = normalized_by_class(persistence_column, classes, normalization);
        const std::vector<double> other = normalized_by_class(density_column, classes, normalization);
        for (std::size_t i = 0; i < score.size(); ++i)
            score[i] = std::pow(score[i], persistence) * std::pow(other[i], density);
        return score;
    }
};

static_assert(Combiner<weighted_product>);

} // namespace topoprune
