// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../shared/weighted_graph.hpp"

#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// The connected components of a graph, in the order of their first vertices; members ascending.
using graph_components = std::vector<std::vector<std::int32_t>>;

/// By breadth-first search, O(vertices + edges).
TOPOPRUNE_DECLARE [[nodiscard]] graph_components find_components(const weighted_graph& graph);

/// The graph of some vertices (ascending) and the edges between them; vertex i of it is members[i].
/// `renumbered` is room for one number per vertex of the whole graph, any content.
TOPOPRUNE_DECLARE [[nodiscard]] weighted_graph induced_graph(const weighted_graph& graph,
                                                             const std::vector<std::int32_t>& members,
                                                             std::vector<std::int32_t>& renumbered);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "graph_components.ipp"
#endif
