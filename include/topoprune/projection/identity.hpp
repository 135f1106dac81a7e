// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "projection.hpp"

namespace topoprune {

/// The features as they are, in double: for data that is already planar, and for topology in feature space.
/// O(n d).
struct identity {
    [[nodiscard]] embedding project(matrix_view<const float> features, const execution&) const {
        require_finite(features, "identity", "features");
        return {.points = features.eigen().cast<double>(), .notes = {}};
    }
};

static_assert(Projection<identity>);

} // namespace topoprune
