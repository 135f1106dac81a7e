// SPDX-License-Identifier: MIT
#pragma once

#include "neighbor_graph.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE neighbor_graph make_neighbor_graph(std::int64_t samples, std::int64_t k) {
    const auto entries = static_cast<std::size_t>(samples * k);
    return {.samples = samples,
            .k = k,
            .ids = std::vector<std::int32_t>(entries),
            .distances = std::vector<float>(entries)};
}

} // namespace topoprune
