// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/matrix.hpp"
#include "../../core/simd.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

/// The one possible bar of 2q + 2 points (Gomez and Memoli 2024, theorem 4.4), on squared distances.
namespace topoprune::detail {

/// Two of the points of a subset, by their places in it, and the square of their distance.
struct measured_pair {
    double square = 0;
    std::int32_t u = -1;
    std::int32_t v = -1;
};

/// What sets the birth and the death of the bar; there is one iff birth.square < death.square.
struct squared_bar {
    measured_pair birth;
    measured_pair death;
    [[nodiscard]] bool exists() const { return birth.square < death.square; }
};

/// |x_u - x_v|^2, in one order of operations wherever it is compiled: eight sums side by side in 8 or more
/// dimensions, one else.
[[nodiscard]] inline double squared_distance(matrix_view<const double> points, std::int64_t u,
                                             std::int64_t v) {
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

/// Degree 0: born at 0 with no edge, it dies where the two points meet.
[[nodiscard]] inline squared_bar bar_of_two(double square) {
    return {{}, {square, 0, 1}};
}

/// Degree 1. `squares` has the three opposite pairs side by side: 01, 23; 02, 13; 03, 12. A hole needs one
/// pair, the diagonals, longer than the other four edges, the sides:
///     D = the largest of the pairs' minima,  B = the median of the pairs' maxima,  a hole iff B < D.
/// Where lengths tie, the earlier edge sets the grade.
[[nodiscard]] inline squared_bar bar_of_four(const std::array<double, 6>& squares) {
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

/// Any degree above 0. `square(i, j)` of `size` = 2q + 2 points:
///     death = min over points of the largest distance,  birth = max over points of the second largest.
/// O(q^2). Where lengths tie, the earlier edge (i, j), i < j, sets the grade.
template <class Square>
[[nodiscard]] squared_bar bar_of_subset(std::size_t size, const Square& square) {
    constexpr double none = -1;
    squared_bar bar{{none, -1, -1}, {std::numeric_limits<double>::infinity(), -1, -1}};
    for (std::size_t i = 0; i < size; ++i) {
        std::array<double, 2> largest{none, none};
        std::array<std::size_t, 2> to{i, i};
        for (std::size_t j = 0; j < size; ++j) {
            if (j == i)
                continue;
            const double length = square(i, j);
            if (length > largest[0]) {
                largest = {length, largest[0]};
                to = {j, to[0]};
            } else if (length > largest[1]) {
                largest[1] = length;
                to[1] = j;
            }
        }
        const auto edge = [&](std::size_t which) {
            return measured_pair{largest[which], static_cast<std::int32_t>(std::min(i, to[which])),
                                 static_cast<std::int32_t>(std::max(i, to[which]))};
        };
        if (largest[0] < bar.death.square)
            bar.death = edge(0);
        if (largest[1] > bar.birth.square)
            bar.birth = edge(1);
    }
    return bar;
}

} // namespace topoprune::detail
