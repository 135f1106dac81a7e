// SPDX-License-Identifier: MIT
#pragma once

#include "distance_range.hpp"

#include "../../../core/checks.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void require_neighbors(const neighbor_graph& neighbors, std::int64_t samples) {
    const auto size = static_cast<std::size_t>(neighbors.samples * neighbors.k);
    require(neighbors.ids.size() == size && neighbors.distances.size() == size, "umap", "number of neighbors",
            neighbors.ids.size(), "samples x k,", size);
    for (const std::int32_t id : neighbors.ids)
        require(id >= 0 && id < samples, "umap", "a neighbor", id, "between 0 and the samples,", samples);
    for (const float distance : neighbors.distances)
        require(!std::isnan(distance), "umap", "a neighbor's distance", distance, "a number");
}

TOPOPRUNE_DEFINE std::vector<std::string> bring_into_range(neighbor_graph& neighbors) {
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
    const float largest = largest_distance(neighbors);
    if (largest > most_plain_distance || (largest > 0 && largest < least_plain_distance)) {
        const int exponent = std::ilogb(largest);
        for (float& distance : neighbors.distances)
            distance = std::scalbn(distance, -exponent);
    }
    return notes;
}

} // namespace topoprune::detail
