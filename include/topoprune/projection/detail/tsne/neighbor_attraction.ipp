// SPDX-License-Identifier: MIT
#pragma once

#include "neighbor_attraction.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double divergence_without_normalization(const weighted_graph& p,
                                                         const planar_positions& points,
                                                         const execution& where) {
    constexpr std::int64_t grain = 512;
    std::vector<double> shares(static_cast<std::size_t>((p.vertices() + grain - 1) / grain));
    where.parallel_ranges(p.vertices(), grain, [&](std::int64_t begin, std::int64_t end) {
        double share = 0;
        for (std::int64_t i = begin; i < end; ++i)
            for (std::int64_t edge = p.begin(i); edge < p.end(i); ++edge) {
                const auto at = static_cast<std::size_t>(i), other = static_cast<std::size_t>(p.target(edge));
                const double weight = static_cast<double>(p.weight(edge));
                const double dx = static_cast<double>(points.x[at]) - static_cast<double>(points.x[other]);
                const double dy = static_cast<double>(points.y[at]) - static_cast<double>(points.y[other]);
                share += weight * std::log(weight * (1 + dx * dx + dy * dy));
            }
        shares[static_cast<std::size_t>(begin / grain)] = share;
    });
    double sum = 0;
    for (const double share : shares)
        sum += share;
    return sum;
}

} // namespace topoprune::detail
