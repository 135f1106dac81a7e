// SPDX-License-Identifier: MIT
#pragma once

#include "rips_edges.hpp"

#include <algorithm>
#include <atomic>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double half_enclosing_radius(matrix_view<const double> points, const execution& where) {
    const std::int64_t n = points.rows();
    std::vector<double> farthest(static_cast<std::size_t>(n), 0.0);
    where.parallel_ranges(n, rips_grain, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        for (std::int64_t u = begin; u < end; ++u)
            for (std::int64_t v = 0; v < n; ++v)
                farthest[static_cast<std::size_t>(u)] =
                    std::max(farthest[static_cast<std::size_t>(u)], half_distance(points, u, v));
    });
    return n == 0 ? 0.0 : *std::min_element(farthest.begin(), farthest.end());
}

} // namespace topoprune::detail
