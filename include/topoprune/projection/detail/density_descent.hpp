// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/random.hpp"
#include "block_tournament.hpp"
#include "density_objective.hpp"
#include "descent.hpp"
#include "edge_clock.hpp"
#include "power.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace topoprune::detail {

/// The derivative of density_objective's correlation by the squared distance of the pair (j, k), by one of
/// its two directions: the other contributes as much.
[[nodiscard, gnu::always_inline]] inline float density_slope(const radius_slope& j, const radius_slope& k,
                                                             float squared, float powered, float a, float b) {
    const float similarity = 1 / (1 + a * powered);
    const float own = 1 - b * (1 - similarity);
    const float common = a * b * powered / squared * similarity;
    return similarity *
           (j.weight * (own * j.inverse_radius + common) + k.weight * (own * k.inverse_radius + common));
}

/// As `descend`, with the pull of the densities added to that of each edge (Narayan, Berger, Cho 2021, eq.
/// 13): one edge after another, in their order. `slopes`: by place, for the positions before the epoch.
/// `strength`: density_objective::strength.
[[gnu::noinline]] inline void descend_with_density(const layout_epoch& epoch,
                                                   std::span<const radius_slope> slopes, float strength,
                                                   std::int64_t first, std::span<const placed_edge> edges,
                                                   float* positions) {
    constexpr float least_squared = 0x1p-40F;
    const float a = epoch.a, b = epoch.b;
    const auto clip = [](float x) { return std::clamp(x, -4.0F, 4.0F); };
    const auto dimensions = static_cast<std::size_t>(epoch.dimensions);
    std::array<float, most_dimensions> apart;
    const auto subtract = [&](const float* x, const float* y) {
        float squared = least_squared;
        for (std::size_t c = 0; c < dimensions; ++c) {
            apart[c] = x[c] - y[c];
            squared += apart[c] * apart[c];
        }
        return squared;
    };
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const placed_edge& edge = edges[e];
        const double rate = static_cast<double>(edge.weight) * epoch.rate_of_weight;
        if (!is_sampled(rate, epoch.number))
            continue;
        float* const head = positions + static_cast<std::size_t>(edge.head) * dimensions;
        float* const tail = positions + static_cast<std::size_t>(edge.tail) * dimensions;
        const float squared = subtract(head, tail), powered = power(squared, b);
        const float pull = -2 * a * b * powered / (squared * (1 + a * powered));
        const float by_density =
            2 * strength / edge.weight *
            density_slope(slopes[static_cast<std::size_t>(edge.head)],
                          slopes[static_cast<std::size_t>(edge.tail)], squared, powered, a, b);
        for (std::size_t c = 0; c < dimensions; ++c) {
            const float move = epoch.step * (clip(pull * apart[c]) + clip(by_density * apart[c]));
            head[c] += move;
            tail[c] -= move;
        }
        const std::int32_t negatives = count_negative_samples(rate, epoch.number, epoch.negative_sample_rate);
        const random_stream draws = epoch.random.child(static_cast<std::uint64_t>(first) + e);
        for (std::int32_t drawn = 0; drawn < negatives; ++drawn) {
            const auto other = static_cast<std::size_t>(
                draws.below(static_cast<std::uint64_t>(drawn), static_cast<std::uint64_t>(epoch.vertices)));
            if (other == static_cast<std::size_t>(edge.head))
                continue;
            const float away = subtract(head, epoch.snapshot + other * dimensions);
            const float push =
                2 * epoch.repulsion_strength * b / ((0.001F + away) * (1 + a * power(away, b)));
            for (std::size_t c = 0; c < dimensions; ++c)
                head[c] += epoch.step * clip(push * apart[c]);
        }
    }
}

} // namespace topoprune::detail
