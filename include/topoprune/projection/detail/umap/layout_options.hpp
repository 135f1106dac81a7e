// SPDX-License-Identifier: MIT
#pragma once

#include "similarity_curve.hpp"

#include <cstdint>

namespace topoprune::detail {

/// How positions descend, whatever the order of the samples.
struct layout_options {
    similarity_curve curve{};
    std::int32_t epochs = 200;
    double learning_rate = 1;
    std::int32_t negative_sample_rate = 5;
    double repulsion_strength = 1;
};

/// How much the densities of the features weigh in a layout (Narayan, Berger, Cho 2021).
struct density_options {
    /// Weight of the correlation of log radii; 0 = none.
    double lambda = 0;
    /// The last part of the epochs, in which it counts.
    double fraction = 0.3;
    /// Added to the variance of the log radii.
    double variance_shift = 0.1;
};

} // namespace topoprune::detail
