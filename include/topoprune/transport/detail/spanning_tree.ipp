// SPDX-License-Identifier: MIT
#pragma once

#include "spanning_tree.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void spanning_tree::attach(std::int32_t v, std::int32_t parent, const link& joint) {
    node& child = (*this)[v];
    child.parent = parent;
    child.joint = joint;
    child.previous_sibling = none;
    child.next_sibling = std::exchange((*this)[parent].first_child, v);
    if (child.next_sibling != none)
        (*this)[child.next_sibling].previous_sibling = v;
}

TOPOPRUNE_DEFINE std::int32_t spanning_tree::lowest_common_ancestor(std::int32_t u, std::int32_t v) const {
    while (u != v) {
        if ((*this)[u].subtree_size <= (*this)[v].subtree_size)
            u = (*this)[u].parent;
        else
            v = (*this)[v].parent;
    }
    return u;
}

TOPOPRUNE_DEFINE void spanning_tree::rehang(std::int32_t bottom, std::int32_t top, std::int32_t parent,
                                            std::int32_t apex, link joint) {
    const std::int32_t size = (*this)[top].subtree_size;
    for (std::int32_t w = (*this)[top].parent; w != apex; w = (*this)[w].parent)
        (*this)[w].subtree_size -= size;
    for (std::int32_t w = parent; w != apex; w = (*this)[w].parent)
        (*this)[w].subtree_size += size;
    std::int32_t already_moved = 0;
    for (std::int32_t w = bottom;;) {
        const node before = (*this)[w];
        detach(w);
        attach(w, parent, joint);
        (*this)[w].subtree_size = size - already_moved;
        if (w == top)
            return;
        already_moved = before.subtree_size;
        joint = before.joint;
        joint.points_up = !joint.points_up;
        parent = w;
        w = before.parent;
    }
}

TOPOPRUNE_DEFINE void spanning_tree::detach(std::int32_t v) {
    const node& child = (*this)[v];
    if (child.previous_sibling == none)
        (*this)[child.parent].first_child = child.next_sibling;
    else
        (*this)[child.previous_sibling].next_sibling = child.next_sibling;
    if (child.next_sibling != none)
        (*this)[child.next_sibling].previous_sibling = child.previous_sibling;
}

} // namespace topoprune::detail
