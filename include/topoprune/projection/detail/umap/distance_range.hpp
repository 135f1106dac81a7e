// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../neighbors/neighbor_graph.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace topoprune::detail {

/// Refuses ids that are no samples (of 0, ..., samples - 1) and distances that are no numbers.
TOPOPRUNE_DECLARE void require_neighbors(const neighbor_graph& neighbors, std::int64_t samples);

/// The largest distance that memberships are computed from, with room for a shift by as much.
inline constexpr float most_distance = std::numeric_limits<float>::max() / 2;

/// The fit of memberships begins at a scale of 1 and takes a step for each power of two: where the largest
/// distance lies between these, it arrives.
inline constexpr float least_plain_distance = 0x1p-32F, most_plain_distance = 0x1p32F;

[[nodiscard]] inline float largest_distance(const neighbor_graph& neighbors) {
    return neighbors.distances.empty()
               ? 0.0F
               : *std::max_element(neighbors.distances.begin(), neighbors.distances.end());
}

[[nodiscard]] inline bool are_in_range(const neighbor_graph& neighbors) {
    const float largest = largest_distance(neighbors);
    if (largest > most_plain_distance || (largest > 0 && largest < least_plain_distance))
        return false;
    return std::all_of(neighbors.distances.begin(), neighbors.distances.end(),
                       [](float distance) { return distance >= 0 && distance <= most_distance; });
}

/// Brings distances into [0, most_distance] and returns what was done, in words; nothing if they were there.
///
/// Distances may be infinite, where features are as large as numbers can be: they count as most_distance. And
/// they may be negative, as a negative inner product is: all are raised by the same number, the least that
/// leaves none below 0. Memberships see only how much farther than the nearest a neighbor is, so a common
/// shift changes nothing but the floor of their scale.
/// Distances that are all huge or all tiny are then multiplied by a power of two, which memberships do not
/// see: without a word, for nothing is rounded but what is nothing beside the largest.
TOPOPRUNE_DECLARE std::vector<std::string> bring_into_range(neighbor_graph& neighbors);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "distance_range.ipp"
#endif
