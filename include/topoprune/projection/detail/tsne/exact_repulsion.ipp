// SPDX-License-Identifier: MIT
#pragma once

#include "exact_repulsion.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE double repel_exactly(const planar_positions& points, std::size_t begin,
                                                  std::size_t end, planar_positions& forces) {
    constexpr std::size_t lanes = 16, block = 1024;
    const std::size_t n = points.size();
    double share = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const float x = points.x[i], y = points.y[i];
        double along_x = 0, along_y = 0, sum = 0; // of blocks, each added up in float
        for (std::size_t first = 0; first < n; first += block) {
            const std::size_t last = std::min(n, first + block),
                              whole = first + (last - first) / lanes * lanes;
            alignas(64) std::array<float, lanes> push_x{}, push_y{}, weights{};
            for (std::size_t j = first; j < whole; j += lanes)
                for (std::size_t l = 0; l < lanes; ++l) {
                    const float dx = x - points.x[j + l], dy = y - points.y[j + l];
                    const float w = 1.0F / (1.0F + (dx * dx + dy * dy));
                    weights[l] += w;
                    push_x[l] += w * w * dx;
                    push_y[l] += w * w * dy;
                }
            for (std::size_t j = whole; j < last; ++j) {
                const float dx = x - points.x[j], dy = y - points.y[j];
                const float w = 1.0F / (1.0F + (dx * dx + dy * dy));
                weights[0] += w;
                push_x[0] += w * w * dx;
                push_y[0] += w * w * dy;
            }
            for (std::size_t l = 0; l < lanes; ++l) {
                along_x += static_cast<double>(push_x[l]);
                along_y += static_cast<double>(push_y[l]);
                sum += static_cast<double>(weights[l]);
            }
        }
        forces.x[i] = static_cast<float>(along_x);
        forces.y[i] = static_cast<float>(along_y);
        share += sum - 1; // without itself
    }
    return share;
}

TOPOPRUNE_DEFINE void sum_exact_repulsion(const planar_positions& points, repulsion& result,
                                          const execution& where) {
    constexpr std::int64_t grain = 64;
    const auto n = static_cast<std::int64_t>(points.size());
    result.forces.x.resize(points.size());
    result.forces.y.resize(points.size());
    std::vector<double> shares(static_cast<std::size_t>((n + grain - 1) / grain));
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        shares[static_cast<std::size_t>(begin / grain)] = repel_exactly(
            points, static_cast<std::size_t>(begin), static_cast<std::size_t>(end), result.forces);
    });
    result.normalization = 0;
    for (const double share : shares)
        result.normalization += share;
}

} // namespace topoprune::detail
