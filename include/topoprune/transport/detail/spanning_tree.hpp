// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The basis of a network simplex: a rooted spanning tree, each node with the arc that joins it to its parent
/// and the flow on that arc. Children are doubly linked lists, so that a subtree is cut and hung in constant
/// time, and walked without a stack; subtree sizes lead two nodes to their lowest common ancestor.
class spanning_tree {
public:
    static constexpr std::int32_t none = -1;

    /// What joins a node to its parent.
    struct link {
        std::int32_t arc = none;
        bool points_up = false; ///< the arc goes from the node to its parent
        std::int64_t flow = 0;
    };

    struct node {
        std::int32_t parent = none;
        std::int32_t first_child = none;
        std::int32_t next_sibling = none;
        std::int32_t previous_sibling = none;
        std::int32_t subtree_size = 1;
        link joint;
    };

    explicit spanning_tree(std::int32_t size) : nodes_(static_cast<std::size_t>(size)) {}

    [[nodiscard]] node& operator[](std::int32_t v) { return nodes_[static_cast<std::size_t>(v)]; }
    [[nodiscard]] const node& operator[](std::int32_t v) const { return nodes_[static_cast<std::size_t>(v)]; }

    /// Hangs v below parent. Subtree sizes are the caller's care.
    TOPOPRUNE_DECLARE void attach(std::int32_t v, std::int32_t parent, const link& joint);

    TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t lowest_common_ancestor(std::int32_t u, std::int32_t v) const;

    /// Cuts off the subtree of `top`, makes its node `bottom` the root of it and hangs that below `parent`;
    /// `apex` is an ancestor of both parents, whose own size stays. Only the stem from bottom up to top
    /// changes parents: each of its nodes becomes the parent of the one that was its parent.
    TOPOPRUNE_DECLARE void rehang(std::int32_t bottom, std::int32_t top, std::int32_t parent,
                                  std::int32_t apex, link joint);

    /// Calls visit(v) for every node of the subtree of `top`, parents before children.
    template <class Visit>
    void for_each_below(std::int32_t top, Visit&& visit) const {
        for (std::int32_t v = top;;) {
            visit(v);
            if ((*this)[v].first_child != none) {
                v = (*this)[v].first_child;
                continue;
            }
            while (v != top && (*this)[v].next_sibling == none)
                v = (*this)[v].parent;
            if (v == top)
                return;
            v = (*this)[v].next_sibling;
        }
    }

private:
    TOPOPRUNE_DECLARE void detach(std::int32_t v);

    std::vector<node> nodes_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "spanning_tree.ipp"
#endif
