// SPDX-License-Identifier: MIT
#pragma once

#include "../neighbors/adaptive_neighbors.hpp"
#include "detail/draw_by_class.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <queue>
#include <tuple>
#include <utility>
#include <vector>

namespace topoprune {

/// Difficulty and diversity by messages along a neighbor graph (Maharana, Yadav, Bansal 2024, D2 pruning). In
/// each class, on the symmetrized graph of its k nearest neighbors with l2 distances d_ij:
///     forward   x_i = s_i + sum_{j ~ i} exp(-d_ij) s_j,    s = difficulty, from 0 (least) to 1 (most)
///     reverse   b times: take i* = argmax of the rest, then x_j -= exp(-gamma d_{i*j}) x_{i*} for j ~ i*.
/// Needs a score whose high end is hard or easy, and turns it so that hard is high. The hardest share of the
/// class is left out first, as mislabeled; where fewer are left than the budget, the least hard of them are
/// taken back. s is scaled from 0 to 1 over those of the class that are left; the released code shifts it
/// over all classes together, leaves the hardest of all of them out and fills up at random. Ties at random.
/// The larger of two budgets contains the smaller.
///
/// A graph in the problem is taken instead of a search: its rows are the ids of the samples, edges between
/// classes and to samples that are not there are left out, and its distances are used as they are.
/// Cost: the search, then O((n k + b k) log n). Memory: 24 k bytes a sample; no table of distances.
template <class Search = adaptive_neighbors>
struct message_passing {
    static_assert(
        NeighborSearch<Search>,
        "message_passing: search must model NeighborSearch: search(points, metric, k, execution) const");

    Search search{};
    /// Neighbors of each sample, >= 1; the authors try 1, 5, 10, 15.
    std::int64_t k = 5;
    /// How slowly the reverse messages fade with distance, >= 0; the authors try 0 to 1. Below 0 far
    /// neighbors would be punished without bound.
    double gamma = 0.1;
    /// In [0, 1). The authors' setting for CIFAR-10 with 90 % pruned: 0.4.
    double skipped_hardest = 0;

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const;

private:
    struct edge {
        std::size_t to;
        double distance;
        auto operator<=>(const edge&) const = default;
    };
    using adjacency = std::vector<std::vector<edge>>;

    [[nodiscard]] std::vector<std::int64_t> order_of_class(const detail::class_draw& draw, double sign,
                                                           const execution& where) const;

    [[nodiscard]] adjacency edges_among(const std::vector<std::int64_t>& nodes,
                                        const selection_problem& problem, const execution& where) const;

    [[nodiscard]] static std::vector<double> forward_pass(const detail::class_draw& draw,
                                                          const std::vector<std::int64_t>& nodes,
                                                          const adjacency& edges, double sign);

    [[nodiscard]] std::vector<std::int64_t> reverse_pass(const detail::class_draw& draw,
                                                         const std::vector<std::int64_t>& nodes,
                                                         const adjacency& edges, std::vector<double> value,
                                                         const execution& where) const;
};

static_assert(Selector<message_passing<>>);

} // namespace topoprune

#include "message_passing.ipp"
