// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "block_tournament.hpp"
#include "density_objective.hpp"
#include "descent.hpp"

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
TOPOPRUNE_DECLARE void descend_with_density(const layout_epoch& epoch, std::span<const radius_slope> slopes,
                                            float strength, std::int64_t first,
                                            std::span<const placed_edge> edges, float* positions);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "density_descent.ipp"
#endif
