// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "exact_neighbors.hpp"
#include "metric.hpp"
#include "neighbor_graph.hpp"
#include "neighbor_search.hpp"
#include "nn_descent.hpp"

#include <cstdint>

namespace topoprune {

/// Exact neighbors while they are affordable, approximate ones beyond: the time of the exact search grows
/// with n^2, that of nn_descent nearly with n.
struct adaptive_neighbors {
    exact_neighbors exact{};
    nn_descent approximate{};
    /// The largest number of samples that is searched exactly. Larger is slower and exact for longer; 0
    /// leaves all to the approximate search.
    std::int64_t exact_up_to = 150'000;

    /// points: n x d, row-major. k: neighbors of each sample, itself not counted, 1 <= k < n.
    template <Metric M>
    [[nodiscard]] neighbor_graph search(matrix_view<const float> points, const M& metric, std::int64_t k,
                                        const execution& where) const {
        require(exact_up_to >= 0, "adaptive_neighbors", "exact_up_to", exact_up_to, "at least 0");
        return points.rows() <= exact_up_to ? exact.search(points, metric, k, where)
                                            : approximate.search(points, metric, k, where);
    }
};

static_assert(NeighborSearch<adaptive_neighbors>);

} // namespace topoprune
