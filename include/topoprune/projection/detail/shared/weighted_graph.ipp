// SPDX-License-Identifier: MIT
#pragma once

#include "weighted_graph.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE weighted_graph drop_weak_edges(const weighted_graph& graph, double least) {
    const float largest =
        graph.weights.empty() ? 0.0F : *std::max_element(graph.weights.begin(), graph.weights.end());
    const double bound = least * static_cast<double>(largest);
    weighted_graph kept;
    kept.offsets.reserve(graph.offsets.size());
    for (std::int64_t i = 0; i < graph.vertices(); ++i) {
        for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
            if (static_cast<double>(graph.weight(edge)) >= bound) {
                kept.targets.push_back(graph.target(edge));
                kept.weights.push_back(graph.weight(edge));
            }
        kept.offsets.push_back(static_cast<std::int64_t>(kept.targets.size()));
    }
    return kept;
}

} // namespace topoprune::detail
