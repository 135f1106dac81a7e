// SPDX-License-Identifier: MIT
#pragma once

#include "principal_pull_back.hpp"

#include "../../filtration/half_length.hpp"
#include "../principal_persistence.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void pull_back_pair(matrix_view<const double> points, const principal_pair& pair,
                                     double by_birth, double by_lifetime, matrix_view<double> gradient) {
    // A distance is twice half a length.
    if (pair.birth_u >= 0)
        add_half_length(points, {pair.birth_u, pair.birth_v, 2 * (by_birth - by_lifetime)}, gradient);
    add_half_length(points, {pair.death_u, pair.death_v, 2 * by_lifetime}, gradient);
}

TOPOPRUNE_DEFINE matrix<double> pull_back_pairs(matrix_view<const double> points,
                                                std::span<const principal_pair> pairs,
                                                std::span<const std::array<double, 2>> by_pair,
                                                const execution& where) {
    return sum_of_gradients(
        points, std::ssize(pairs), 1 << 13, where,
        [&](std::int64_t, std::int64_t begin, std::int64_t end, matrix<double>& gradient) {
            for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
                pull_back_pair(points, pairs[i], by_pair[i][0], by_pair[i][1], gradient);
        });
}

} // namespace topoprune::detail
