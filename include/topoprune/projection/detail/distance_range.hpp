// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../neighbors/neighbor_graph.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace topoprune::detail {

/// Refuses ids that are no samples (of 0, ..., samples - 1) and distances that are no numbers.
inline void require_neighbors(const neighbor_graph& neighbors, std::int64_t samples) {
    const auto size = static_cast<std::size_t>(neighbors.samples * neighbors.k);
    require(neighbors.ids.size() == size && neighbors.distances.size() == size, "umap", "number of neighbors",
            neighbors.ids.size(), "samples x k,", size);
    for (const std::int32_t id : neighbors.ids)
        require(id >= 0 && id < samples, "umap", "a neighbor", id, "between 0 and the samples,", samples);
    for (const float distance : neighbors.distances)
        require(!std::isnan(distance), "umap", "a neighbor's distance", distance, "a number");
}

/// The largest distance that memberships are computed from, with room for a shift by as much.
inline constexpr float most_distance = std::numeric_limits<float>::max() / 2;

[[nodiscard]] inline bool are_in_range(const neighbor_graph& neighbors) {
    return std::all_of(neighbors.distances.begin(), neighbors.distances.end(),
                       [](float distance) { return distance >= 0 && distance <= most_distance; });
}

/// Brings distances into [0, most_distance] and returns what was done, in words; nothing if they were there.
///
/// Distances may be infinite, where features are as large as numbers can be: they count as most_distance. And
/// they may be negative, as a negative inner product is: all are raised by the same number, the least that
/// leaves none below 0. Memberships see only how much farther than the nearest a neighbor is, so a common
/// shift changes nothing but the floor of their scale.
inline std::vector<std::string> bring_into_range(neighbor_graph& neighbors) {
    std::vector<std::string> notes;
    float least = 0;
    std::int64_t beyond = 0;
    for (float& distance : neighbors.distances) {
        beyond += std::abs(distance) > most_distance;
        distance = std::clamp(distance, -most_distance, most_distance);
        least = std::min(least, distance);
    }
    if (beyond > 0)
        notes.push_back("umap: " + std::to_string(beyond) + " distances beyond " +
                        std::to_string(most_distance) + " count as that");
    if (least < 0) {
        for (float& distance : neighbors.distances)
            distance = std::min(distance - least, most_distance);
        notes.push_back("umap: distances were raised by " + std::to_string(-least) + ", the nearest to 0");
    }
    return notes;
}

} // namespace topoprune::detail
