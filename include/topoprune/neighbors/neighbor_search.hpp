// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "metric.hpp"
#include "neighbor_graph.hpp"

#include <concepts>
#include <cstdint>
#include <string_view>

namespace topoprune {

/// Atom of NeighborSearch: `policy.search(points, metric, k, execution)` gives a neighbor_graph. `cosine`
/// stands for every Metric here.
template <class S>
concept SearchesNeighbors = requires(const S& policy, matrix_view<const float> points, const cosine& metric,
                                     std::int64_t k, const execution& where) {
    { policy.search(points, metric, k, where) } -> std::same_as<neighbor_graph>;
};

/// A type that finds the k nearest neighbors of each of n samples (points: n x d, row-major) among the other
/// n - 1, under any Metric.
/// Semantics: constant; a sample is never its own neighbor, its duplicates are, at distance 0; each row
/// ascends by (distance, id), where the distance is that of Metric::distance rounded to float; the same bits
/// on any number of threads. std::invalid_argument unless 1 <= k < n and every feature is finite. An
/// approximate search may miss neighbors but reports true distances.
/// Models: adaptive_neighbors, exact_neighbors, kd_tree_neighbors, nn_descent, precomputed_neighbors; with
/// hnswlib, hnswlib_neighbors.
/// Cost: stated by each; memory linear in n.
template <class S>
concept NeighborSearch = std::copyable<S> && SearchesNeighbors<S>;

/// The checks that every search begins with.
TOPOPRUNE_DECLARE void require_searchable(matrix_view<const float> points, std::int64_t k,
                                          std::string_view function);

/// Throws std::invalid_argument, naming the function, unless a search answered with k other samples for each
/// of n, at distances that are numbers. O(n k).
TOPOPRUNE_DECLARE void require_search_answer(const neighbor_graph& answer, std::int64_t n, std::int64_t k,
                                             std::string_view function);

/// The answer of a search that may be anybody's, after require_search_answer.
template <NeighborSearch S, Metric M>
[[nodiscard]] neighbor_graph search_neighbors(const S& search, matrix_view<const float> points,
                                              const M& metric, std::int64_t k, std::string_view function,
                                              const execution& where) {
    neighbor_graph answer = search.search(points, metric, k, where);
    require_search_answer(answer, points.rows(), k, function);
    return answer;
}

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "neighbor_search.ipp"
#endif
