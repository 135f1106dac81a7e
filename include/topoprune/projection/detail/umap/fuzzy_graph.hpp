// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../neighbors/neighbor_graph.hpp"
#include "../shared/directed_edges.hpp"
#include "../shared/weighted_graph.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// How distances to neighbors become memberships (McInnes 2018, section 3.1 and algorithms 2 and 3).
struct fuzzy_options {
    /// Nearest neighbors taken as fully connected.
    double local_connectivity = 1;
    /// 1 = fuzzy union of the two directions of an edge, 0 = their intersection.
    double set_op_mix_ratio = 1;
};

/// Merges the memberships that leave a sample with those that arrive at it, both ascending by vertex:
/// mix (u + v - u v) + (1 - mix) u v, zeros dropped. `merged` holds room for all; returns how many there are.
TOPOPRUNE_DECLARE std::int64_t merge_memberships(std::span<const directed_edge> leaving,
                                                 std::span<const directed_edge> arriving, float mix,
                                                 directed_edge* merged);

/// The fuzzy set of edges of the neighbors (McInnes 2018, algorithm 1, lines 1 to 4): the memberships of
/// each sample's neighbors, the two directions of an edge joined. The same bits on any number of threads.
/// O(n k (64 + log k)) time, at most 32 bytes per sample and neighbor.
TOPOPRUNE_DECLARE [[nodiscard]] weighted_graph
build_fuzzy_graph(const neighbor_graph& neighbors, const fuzzy_options& options, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "fuzzy_graph.ipp"
#endif
