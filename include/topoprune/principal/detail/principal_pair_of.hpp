// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"

#include <algorithm>
#include <array>
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
TOPOPRUNE_DECLARE [[nodiscard]] double squared_distance(matrix_view<const double> points, std::int64_t u,
                                                        std::int64_t v);

/// Degree 0: born at 0 with no edge, it dies where the two points meet.
[[nodiscard]] inline squared_bar bar_of_two(double square) {
    return {{}, {square, 0, 1}};
}

/// Degree 1. `squares` has the three opposite pairs side by side: 01, 23; 02, 13; 03, 12. A hole needs one
/// pair, the diagonals, longer than the other four edges, the sides:
///     D = the largest of the pairs' minima,  B = the median of the pairs' maxima,  a hole iff B < D.
/// Where lengths tie, the earlier edge sets the grade.
TOPOPRUNE_DECLARE [[nodiscard]] squared_bar bar_of_four(const std::array<double, 6>& squares);

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

#if !defined(TOPOPRUNE_COMPILED)
#include "principal_pair_of.ipp"
#endif
