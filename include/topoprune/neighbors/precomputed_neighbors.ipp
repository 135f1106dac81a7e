// SPDX-License-Identifier: MIT
#pragma once

#include "precomputed_neighbors.hpp"

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace topoprune {

TOPOPRUNE_DEFINE void require_valid_graph(const neighbor_graph& graph, std::string_view function) {
    require(graph.samples >= 0 && graph.samples <= std::numeric_limits<std::int32_t>::max(), function,
            "number of samples", graph.samples, "between 0 and 2^31 - 1");
    require(graph.k >= 0 && (graph.k < graph.samples || graph.samples == 0), function, "k", graph.k,
            "less than the number of samples,", graph.samples);
    const auto entries = static_cast<std::size_t>(graph.samples * graph.k);
    require(graph.ids.size() == entries, function, "number of ids", graph.ids.size(), "samples x k,",
            entries);
    require(graph.distances.size() == entries, function, "number of distances", graph.distances.size(),
            "samples x k,", entries);
    std::vector<std::int32_t> sorted;
    for (std::int64_t i = 0; i < graph.samples; ++i) {
        const auto refuse = [&](const auto& value, std::string_view bound) {
            std::ostringstream message;
            message << function << ": row " << i << " holds " << value << ", must " << bound;
            throw std::invalid_argument(message.str());
        };
        const auto ids = graph.ids_of(i);
        const auto distances = graph.distances_of(i);
        for (std::size_t c = 0; c < ids.size(); ++c) {
            if (ids[c] < 0 || ids[c] >= graph.samples)
                refuse(ids[c], "hold ids of samples");
            if (ids[c] == i)
                refuse(ids[c], "not hold the sample itself");
            if (!std::isfinite(distances[c]))
                refuse(distances[c], "hold finite distances");
            if (c > 0 && distances[c] < distances[c - 1])
                refuse(distances[c], "hold distances in ascending order");
        }
        sorted.assign(ids.begin(), ids.end());
        std::sort(sorted.begin(), sorted.end());
        const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
        if (twice != sorted.end())
            refuse(*twice, "hold no id twice");
    }
}

} // namespace topoprune
