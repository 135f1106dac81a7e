// SPDX-License-Identifier: MIT
#pragma once

#include "density_descent.hpp"

#include "../../../core/random.hpp"
#include "edge_clock.hpp"
#include "power.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE void descend_with_density(const layout_epoch& epoch,
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
