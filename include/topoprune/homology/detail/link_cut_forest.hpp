// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// A forest that changes edge by edge and answers "the lightest node between two nodes", each in O(log n)
/// amortized (Sleator and Tarjan 1983, with splay trees). Edges with weights are nodes of their own, linked
/// between their ends; nodes that are no edges weigh infinity. Of equal weights any may be named.
class link_cut_forest {
public:
    using node = std::int32_t;

    explicit link_cut_forest(std::size_t nodes) : nodes_(nodes + 1) {
        nodes_[none].lightest = none;
        for (std::size_t i = 1; i <= nodes; ++i)
            nodes_[i].lightest = static_cast<node>(i);
    }

    /// The weight of a node that is alone in its tree or whose tree shall follow the change.
    void set_weight(node x, double weight) {
        const node i = inner(x);
        splay(i);
        at(i).weight = weight;
        update(i);
    }
    [[nodiscard]] double weight(node x) const { return nodes_[static_cast<std::size_t>(x) + 1].weight; }

    /// Joins the trees of x and y, which must be two.
    void link(node x, node y) {
        make_root(inner(x));
        at(inner(x)).parent = inner(y);
    }

    /// Removes the link between x and y, which must be adjacent.
    void cut(node x, node y) {
        make_root(inner(x));
        access(inner(y));
        at(inner(y)).child[0] = none;
        at(inner(x)).parent = none;
        update(inner(y));
    }

    [[nodiscard]] bool connected(node x, node y) {
        if (x == y)
            return true;
        access(inner(x));
        access(inner(y));
        return at(inner(x)).parent != none; // x lost the root of its splay tree to y exactly if they share it
    }

    /// The lightest node on the path between x and y, which must be connected.
    [[nodiscard]] node lightest_between(node x, node y) {
        make_root(inner(x));
        access(inner(y));
        return at(inner(y)).lightest - 1;
    }

private:
    static constexpr node none = 0;

    struct splay_node {
        node parent = none;
        std::array<node, 2> child{none, none};
        node lightest = none;
        bool reversed = false;
        double weight = std::numeric_limits<double>::infinity();
    };

    static node inner(node x) { return x + 1; }
    splay_node& at(node i) { return nodes_[static_cast<std::size_t>(i)]; }

    bool is_splay_root(node i) {
        const node p = at(i).parent;
        return p == none || (at(p).child[0] != i && at(p).child[1] != i);
    }

    void update(node i) {
        node best = i;
        for (const node c : at(i).child)
            if (c != none && at(at(c).lightest).weight < at(best).weight)
                best = at(c).lightest;
        at(i).lightest = best;
    }

    void push_reversal(node i) {
        if (!at(i).reversed)
            return;
        std::swap(at(i).child[0], at(i).child[1]);
        for (const node c : at(i).child)
            if (c != none)
                at(c).reversed = !at(c).reversed;
        at(i).reversed = false;
    }

    void rotate(node i) {
        const node p = at(i).parent;
        const node g = at(p).parent;
        const std::size_t side = at(p).child[1] == i ? 1 : 0;
        if (!is_splay_root(p))
            at(g).child[at(g).child[1] == p ? 1 : 0] = i;
        const node moved = at(i).child[1 - side];
        at(p).child[side] = moved;
        if (moved != none)
            at(moved).parent = p;
        at(i).child[1 - side] = p;
        at(p).parent = i;
        at(i).parent = g;
        update(p);
    }

    void splay(node i) {
        path_.assign(1, i);
        for (node j = i; !is_splay_root(j);)
            path_.push_back(j = at(j).parent);
        for (auto j = path_.rbegin(); j != path_.rend(); ++j)
            push_reversal(*j);
        while (!is_splay_root(i)) {
            const node p = at(i).parent;
            if (!is_splay_root(p)) {
                const node g = at(p).parent;
                rotate((at(g).child[1] == p) == (at(p).child[1] == i) ? p : i);
            }
            rotate(i);
        }
        update(i);
    }

    /// Makes the path from the root of the tree to i one splay tree with i at its root.
    void access(node i) {
        node below = none;
        for (node j = i; j != none; j = at(j).parent) {
            splay(j);
            at(j).child[1] = below;
            update(j);
            below = j;
        }
        splay(i);
    }

    void make_root(node i) {
        access(i);
        at(i).reversed = !at(i).reversed;
        push_reversal(i);
    }

    std::vector<splay_node> nodes_;
    std::vector<node> path_;
};

} // namespace topoprune::detail
