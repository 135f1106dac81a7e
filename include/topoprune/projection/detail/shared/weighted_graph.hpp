// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"

#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// A symmetric graph with weights in (0, 1], compressed by rows, targets ascending within a row; both
/// directions of an edge are stored. 8 bytes per direction and 8 per vertex.
struct weighted_graph {
    std::vector<std::int64_t> offsets{0};
    std::vector<std::int32_t> targets;
    std::vector<float> weights;

    [[nodiscard]] std::int64_t vertices() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
    [[nodiscard]] std::int64_t edges() const { return offsets.back(); }
    [[nodiscard]] std::int64_t begin(std::int64_t vertex) const {
        return offsets[static_cast<std::size_t>(vertex)];
    }
    [[nodiscard]] std::int64_t end(std::int64_t vertex) const { return begin(vertex + 1); }
    [[nodiscard]] std::int32_t target(std::int64_t edge) const {
        return targets[static_cast<std::size_t>(edge)];
    }
    [[nodiscard]] float weight(std::int64_t edge) const { return weights[static_cast<std::size_t>(edge)]; }
};

/// The edges of at least `least` times the largest weight. O(edges).
TOPOPRUNE_DECLARE [[nodiscard]] weighted_graph drop_weak_edges(const weighted_graph& graph, double least);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "weighted_graph.ipp"
#endif
