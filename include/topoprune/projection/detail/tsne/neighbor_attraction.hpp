// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../shared/weighted_graph.hpp"
#include "exact_repulsion.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// Edges of a row that are added up at once, one in each lane of a vector.
inline constexpr std::size_t attraction_lanes = 16;

/// A vector of the plane.
struct planar_vector {
    float x = 0, y = 0;
};

/// sum_j p_ij w_ij (y_i - y_j) over the row of i, with w_ij = 1 / (1 + |y_i - y_j|^2). Inlined into its one
/// caller, which is not.
[[nodiscard, gnu::always_inline]] inline planar_vector
pull_of_row(const weighted_graph& p, const planar_positions& points, std::int64_t i) {
    constexpr std::size_t lanes = attraction_lanes;
    const float x = points.x[static_cast<std::size_t>(i)], y = points.y[static_cast<std::size_t>(i)];
    const float* all_x = points.x.data();
    const float* all_y = points.y.data();
    alignas(64) std::array<float, lanes> pull_x{}, pull_y{};
    const auto add = [&](const std::int32_t* targets, const float* weights) {
        alignas(64) std::array<float, lanes> dx, dy;
        for (std::size_t l = 0; l < lanes; ++l)
            dx[l] = x - all_x[targets[l]];
        for (std::size_t l = 0; l < lanes; ++l)
            dy[l] = y - all_y[targets[l]];
        for (std::size_t l = 0; l < lanes; ++l) {
            const float w = weights[l] / (1.0F + (dx[l] * dx[l] + dy[l] * dy[l]));
            pull_x[l] += w * dx[l];
            pull_y[l] += w * dy[l];
        }
    };
    std::int64_t edge = p.begin(i);
    const std::int64_t end = p.end(i);
    for (; edge + static_cast<std::int64_t>(lanes) <= end; edge += static_cast<std::int64_t>(lanes))
        add(p.targets.data() + edge, p.weights.data() + edge);
    if (edge < end) { // the rest of the row, filled up with edges of weight 0 to itself
        std::array<std::int32_t, lanes> targets;
        std::array<float, lanes> weights{};
        targets.fill(static_cast<std::int32_t>(i));
        std::copy_n(p.targets.data() + edge, end - edge, targets.data());
        std::copy_n(p.weights.data() + edge, end - edge, weights.data());
        add(targets.data(), weights.data());
    }
    planar_vector sum;
    for (std::size_t width = lanes / 2; width > 0; width /= 2)
        for (std::size_t l = 0; l < width; ++l) {
            pull_x[l] += pull_x[l + width];
            pull_y[l] += pull_y[l + width];
        }
    sum.x = pull_x[0];
    sum.y = pull_y[0];
    return sum;
}

/// sum_ij p_ij (log p_ij - log w_ij): the Kullback-Leibler divergence of the layout less log Z. Ranges of
/// rows are added in order, so the bits do not depend on threads.
TOPOPRUNE_DECLARE [[nodiscard]] double divergence_without_normalization(const weighted_graph& p,
                                                                        const planar_positions& points,
                                                                        const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "neighbor_attraction.ipp"
#endif
