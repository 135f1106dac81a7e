// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// A tree in which every node knows, beside its parent, one ancestor farther up, so chosen that any ancestor
/// is O(log n) steps away (Myers 1983). 12 bytes a node.
class rooted_tree {
public:
    /// The root alone, of nodes 0 .. count - 1.
    rooted_tree(std::size_t count, std::int32_t root) : nodes_(count) { at(root) = {root, root, 0}; }

    /// Hangs a node below one that is in the tree.
    void add(std::int32_t node, std::int32_t parent) {
        const std::int32_t near = far(parent), beyond = far(near);
        const bool is_even = depth(parent) - depth(near) == depth(near) - depth(beyond);
        at(node) = {parent, is_even ? beyond : parent, depth(parent) + 1};
    }

    [[nodiscard]] std::int32_t parent(std::int32_t x) const { return at(x).parent; }
    [[nodiscard]] std::int32_t far(std::int32_t x) const { return at(x).far; }
    [[nodiscard]] std::int32_t depth(std::int32_t x) const { return at(x).depth; }

    /// The ancestor of x, or x itself, at a depth of at most that of x.
    [[nodiscard]] std::int32_t ancestor(std::int32_t x, std::int32_t at_depth) const {
        while (depth(x) > at_depth)
            x = depth(far(x)) >= at_depth ? far(x) : parent(x);
        return x;
    }

    /// The lowest node that has a and b below it or is one of them. visit(x, is_far) hears of each step from
    /// x to its parent, or to far(x): together these pass every node of the path but the one returned.
    template <class Visit>
    std::int32_t common_ancestor(std::int32_t a, std::int32_t b, Visit visit) const {
        const auto climb = [&](std::int32_t& x, bool is_far) {
            visit(x, is_far);
            x = is_far ? far(x) : parent(x);
        };
        while (depth(a) > depth(b))
            climb(a, depth(far(a)) >= depth(b));
        while (depth(b) > depth(a))
            climb(b, depth(far(b)) >= depth(a));
        while (a != b) { // of equal depths, whose far ancestors are of equal depths too
            const bool is_far = far(a) != far(b);
            climb(a, is_far);
            climb(b, is_far);
        }
        return a;
    }

private:
    struct links {
        std::int32_t parent = 0;
        std::int32_t far = 0;
        std::int32_t depth = 0;
    };

    links& at(std::int32_t x) { return nodes_[static_cast<std::size_t>(x)]; }
    [[nodiscard]] const links& at(std::int32_t x) const { return nodes_[static_cast<std::size_t>(x)]; }

    std::vector<links> nodes_;
};

} // namespace topoprune::detail
