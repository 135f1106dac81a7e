// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// The k nearest neighbors of n samples: two flat n x k arrays, row-major. Row i lists the neighbors of
/// sample i in ascending order of (distance, id), without i itself. 8 bytes per sample and neighbor.
struct neighbor_graph {
    std::int64_t samples = 0;
    std::int64_t k = 0;
    std::vector<std::int32_t> ids;
    std::vector<float> distances;

    [[nodiscard]] std::span<const std::int32_t> ids_of(std::int64_t sample) const {
        return std::span(ids).subspan(static_cast<std::size_t>(sample * k), static_cast<std::size_t>(k));
    }
    [[nodiscard]] std::span<const float> distances_of(std::int64_t sample) const {
        return std::span(distances).subspan(static_cast<std::size_t>(sample * k),
                                            static_cast<std::size_t>(k));
    }
};

/// A graph with room for k neighbors of each of n samples, all of them sample 0 at distance 0: to be filled.
/// samples >= 0, k >= 0.
TOPOPRUNE_DECLARE [[nodiscard]] neighbor_graph make_neighbor_graph(std::int64_t samples, std::int64_t k);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "neighbor_graph.ipp"
#endif
