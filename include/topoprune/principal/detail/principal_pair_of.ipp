// SPDX-License-Identifier: MIT
#pragma once

#include "principal_pair_of.hpp"

#include "../../core/simd.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double squared_distance(matrix_view<const double> points, std::int64_t u, std::int64_t v) {
    constexpr std::int64_t width = 8;
    const std::int64_t dimensions = points.columns();
    const double* x = points.data() + u * dimensions;
    const double* y = points.data() + v * dimensions;
    double sum = 0;
    std::int64_t k = 0;
    if (dimensions >= width) {
        std::array<double, width> sums{};
        for (; k + width <= dimensions; k += width)
            for (std::int64_t j = 0; j < width; ++j) {
                const double step = x[k + j] - y[k + j];
                double& one = sums[static_cast<std::size_t>(j)];
                one = multiply_add(step, step, one);
            }
        for (const double one : sums)
            sum += one;
    }
    for (; k < dimensions; ++k) {
        const double step = x[k] - y[k];
        sum = multiply_add(step, step, sum);
    }
    return sum;
}

TOPOPRUNE_DEFINE squared_bar bar_of_four(const std::array<double, 6>& squares) {
    constexpr std::array<std::array<std::int32_t, 2>, 6> edges{
        {{0, 1}, {2, 3}, {0, 2}, {1, 3}, {0, 3}, {1, 2}}};
    std::array<std::size_t, 3> shorter{};
    std::array<std::size_t, 3> longer{};
    for (std::size_t pair = 0; pair < 3; ++pair) {
        const std::size_t first = 2 * pair;
        shorter[pair] = first + static_cast<std::size_t>(squares[first] > squares[first + 1]);
        longer[pair] = first + static_cast<std::size_t>(squares[first] < squares[first + 1]);
    }
    // Without branches, which none could predict.
    const auto later_is_larger = [&](std::size_t earlier, std::size_t later) {
        return static_cast<std::size_t>(squares[later] > squares[earlier]);
    };
    std::size_t diagonals = later_is_larger(shorter[0], shorter[1]);
    const std::size_t last = later_is_larger(shorter[diagonals], shorter[2]);
    diagonals += last * (2 - diagonals);
    // If there is a hole, the diagonals have the largest maximum, and the median is the larger of the others;
    // if there is none, that maximum is no less than D.
    constexpr std::array<std::array<std::size_t, 2>, 3> others{{{1, 2}, {0, 2}, {0, 1}}};
    const std::array<std::size_t, 2> sides{longer[others[diagonals][0]], longer[others[diagonals][1]]};
    const std::size_t side = sides[later_is_larger(sides[0], sides[1])];
    const auto measured = [&](std::size_t edge) {
        return measured_pair{squares[edge], edges[edge][0], edges[edge][1]};
    };
    return {measured(side), measured(shorter[diagonals])};
}

} // namespace topoprune::detail
