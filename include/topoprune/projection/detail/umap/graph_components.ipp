// SPDX-License-Identifier: MIT
#pragma once

#include "graph_components.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE graph_components find_components(const weighted_graph& graph) {
    std::vector<std::int64_t> component_of(static_cast<std::size_t>(graph.vertices()), -1);
    std::vector<std::int32_t> queue;
    std::int64_t count = 0;
    for (std::int64_t root = 0; root < graph.vertices(); ++root) {
        if (component_of[static_cast<std::size_t>(root)] >= 0)
            continue;
        component_of[static_cast<std::size_t>(root)] = count;
        queue.assign(1, static_cast<std::int32_t>(root));
        for (std::size_t at = 0; at < queue.size(); ++at)
            for (std::int64_t edge = graph.begin(queue[at]); edge < graph.end(queue[at]); ++edge) {
                auto& component = component_of[static_cast<std::size_t>(graph.target(edge))];
                if (component < 0) {
                    component = count;
                    queue.push_back(graph.target(edge));
                }
            }
        ++count;
    }
    graph_components components(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < component_of.size(); ++i)
        components[static_cast<std::size_t>(component_of[i])].push_back(static_cast<std::int32_t>(i));
    return components;
}

TOPOPRUNE_DEFINE weighted_graph induced_graph(const weighted_graph& graph,
                                              const std::vector<std::int32_t>& members,
                                              std::vector<std::int32_t>& renumbered) {
    renumbered.resize(static_cast<std::size_t>(graph.vertices()));
    for (std::size_t i = 0; i < members.size(); ++i)
        renumbered[static_cast<std::size_t>(members[i])] = static_cast<std::int32_t>(i);
    const auto is_member = [&](std::int32_t vertex) {
        const auto at = static_cast<std::size_t>(renumbered[static_cast<std::size_t>(vertex)]);
        return at < members.size() && members[at] == vertex;
    };
    weighted_graph induced;
    for (const std::int32_t vertex : members) {
        for (std::int64_t edge = graph.begin(vertex); edge < graph.end(vertex); ++edge)
            if (is_member(graph.target(edge))) {
                induced.targets.push_back(renumbered[static_cast<std::size_t>(graph.target(edge))]);
                induced.weights.push_back(graph.weight(edge));
            }
        induced.offsets.push_back(static_cast<std::int64_t>(induced.targets.size()));
    }
    return induced;
}

} // namespace topoprune::detail
