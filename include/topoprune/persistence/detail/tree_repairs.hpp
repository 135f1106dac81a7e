// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "rooted_tree.hpp"
#include "weighted_edge.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The terms of a sum, kept with how large they are.
struct tracked_sum {
    double value = 0;
    double magnitude = 0;
    int terms = 0;

    void add(double term) {
        value += term;
        magnitude += term < 0 ? -term : term;
        ++terms;
    }
};

/// The minimum spanning tree of a connected graph, and how its weight changes when one node is left out.
/// Every edge of the tree that is not at the node stays. Of the other edges of the graph, the lightest
/// between two branches of the tree at the node is the first, by weight, whose path in the tree passes from
/// one to the other: an edge puts itself down at the nodes that its path passes where the two branches are
/// not joined by a lighter one, and skips those runs of the path where they are (Tarjan 1979 does so for the
/// edges of the tree). O(m log m) for m edges, 50 bytes a node and 24 an edge.
class tree_repairs {
public:
    /// nodes >= 1; the edges connect them.
    TOPOPRUNE_DECLARE tree_repairs(std::size_t nodes, std::vector<weighted_edge> edges);

    /// Adds the weights of the tree without the node, less those of the tree, to `sum`. `more`: edges that
    /// the graph gains where the node leaves, between other nodes. With them it must be connected.
    TOPOPRUNE_DECLARE void add_change(std::int32_t node, std::span<const weighted_edge> more,
                                      tracked_sum& sum) const;

private:
    /// An edge between two branches at a node: their nodes next to it.
    struct repair {
        std::int32_t at = 0;
        weighted_edge branches{};
    };

    /// The neighbor of `node` in the tree on the way to x.
    [[nodiscard]] std::int32_t branch_of(std::int32_t node, std::int32_t x) const {
        if (tree_.depth(x) > tree_.depth(node)) {
            const std::int32_t child = tree_.ancestor(x, tree_.depth(node) + 1);
            if (tree_.parent(child) == node)
                return child;
        }
        return tree_.parent(node);
    }

    TOPOPRUNE_DECLARE void hang(std::span<const weighted_edge> of_tree);
    TOPOPRUNE_DECLARE void put_down(std::span<const weighted_edge> others);

    rooted_tree tree_;
    std::vector<double> to_parent_;
    /// By node, and by weight at each node.
    std::vector<repair> repairs_;
    std::vector<std::size_t> first_repair_;
    std::vector<std::vector<std::int32_t>> children_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "tree_repairs.ipp"
#endif
