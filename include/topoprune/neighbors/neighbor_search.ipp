// SPDX-License-Identifier: MIT
#pragma once

#include "neighbor_search.hpp"

#include "../core/checks.hpp"

#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE void require_searchable(matrix_view<const float> points, std::int64_t k,
                                         std::string_view function) {
    require(points.rows() <= std::numeric_limits<std::int32_t>::max(), function, "number of points",
            points.rows(), "less than 2^31");
    require(k >= 1, function, "k", k, "at least 1");
    require(k < points.rows(), function, "k", k, "less than the number of points,", points.rows());
    require_finite(points, function, "points");
}

} // namespace topoprune
