// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../shared/weighted_graph.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The label of a sample whose class is not known.
inline constexpr std::int64_t unknown_label = -1;

/// How far two different labels are apart, for a weight of the target from 0 to 1: 2.5 / (1 - weight), as
/// umap-learn. At weight 1 no edge between classes is left.
[[nodiscard]] inline double label_distance(double target_weight) {
    constexpr double beyond_all = 1e12;
    return target_weight < 1 ? 2.5 / (1 - target_weight) : beyond_all;
}

/// The fuzzy intersection of a graph with one of labels (McInnes 2018, section 6.1, as in umap-learn):
/// weights of edges between different labels are multiplied by exp(-label distance), of edges with an unknown
/// end by exp(-1); then each row is divided by its largest weight, so that every sample is again fully
/// connected to one other, and the two directions of an edge are joined by u + v - u v. Edges of weight 0 are
/// dropped. Each row by itself. O(edges log(edges of a vertex)).
TOPOPRUNE_DECLARE [[nodiscard]] weighted_graph intersect_with_labels(const weighted_graph& graph,
                                                                     std::span<const std::int64_t> labels,
                                                                     double label_distance,
                                                                     const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "supervised_graph.ipp"
#endif
