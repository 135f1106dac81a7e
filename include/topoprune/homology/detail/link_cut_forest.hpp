// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// A forest that changes edge by edge and answers "the lightest node between two nodes", each in O(log n)
/// amortized (Sleator and Tarjan 1983, with splay trees). Edges with weights are nodes of their own, linked
/// between their ends; nodes that are no edges weigh `heaviest`. Of equal weights any may be named.
template <class Weight>
class basic_link_cut_forest {
public:
    using node = std::int32_t;
    /// The weight of a node to which none was given.
    static constexpr Weight heaviest = std::numeric_limits<Weight>::has_infinity
                                           ? std::numeric_limits<Weight>::infinity()
                                           : std::numeric_limits<Weight>::max();

    explicit basic_link_cut_forest(std::size_t nodes) : nodes_(nodes + 1) {
        for (std::size_t i = 0; i <= nodes; ++i)
            nodes_[i].lightest = static_cast<node>(i);
    }

    /// The weight of a node that is alone in its tree or whose tree shall follow the change.
    void set_weight(node x, Weight weight) {
        const node i = inner(x);
        splay(i);
        at(i).weight = weight;
        update(i);
    }
    [[nodiscard]] Weight weight(node x) const { return nodes_[static_cast<std::size_t>(x) + 1].weight; }

    /// Hangs the root x of a tree below y, a node of another tree. O(1) if x has not been touched since it
    /// was made.
    void hang(node x, node y) {
        splay(inner(x));
        at(inner(x)).parent = inner(y);
    }

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

    /// The lightest node on the path between x and y, which must be connected. Until the next change the path
    /// is laid out for `replace_on_path`.
    [[nodiscard]] node lightest_between(node x, node y) {
        make_root(inner(x));
        access(inner(y));
        return at(inner(y)).lightest - 1;
    }

    /// After lightest_between(x, y): takes `leaving` out, an edge inside that path, and links `entering`
    /// between x and y, an edge of this weight that is in no tree.
    void replace_on_path(node leaving, node x, node y, node entering, Weight weight) {
        splay(inner(leaving));
        for (node& half : at(inner(leaving)).child) {
            at(half).parent = none;
            half = none;
        }
        update(inner(leaving));
        set_weight(entering, weight);
        hang(x, entering); // x is the root of its half since the path was asked
        at(inner(entering)).parent = inner(y);
    }

private:
    static constexpr node none = 0;

    struct splay_node {
        node parent = none;
        std::array<node, 2> child{none, none};
        node lightest = none; // in the subtree of the splay tree
        Weight weight = heaviest;
        Weight least = heaviest; // that of `lightest`
        std::int32_t reversed = 0;
    };

    static node inner(node x) { return x + 1; }
    splay_node& at(node i) { return nodes_[static_cast<std::size_t>(i)]; }

    bool is_splay_root(node i) {
        const node p = at(i).parent;
        return p == none || (at(p).child[0] != i && at(p).child[1] != i);
    }

    /// The node `none` weighs `heaviest`.
    void update(node i) {
        splay_node& n = at(i);
        n.least = n.weight;
        n.lightest = i;
        for (const node c : n.child)
            if (at(c).least < n.least) {
                n.least = at(c).least;
                n.lightest = at(c).lightest;
            }
    }

    void push_reversal(node i) {
        splay_node& n = at(i);
        if (n.reversed == 0)
            return;
        std::swap(n.child[0], n.child[1]);
        at(n.child[0]).reversed ^= 1;
        at(n.child[1]).reversed ^= 1;
        at(none).reversed = 0;
        n.reversed = 0;
    }

    void rotate(node i) {
        const node p = at(i).parent;
        const node g = at(p).parent;
        const std::size_t side = at(p).child[1] == i ? 1 : 0;
        if (g != none) {
            if (at(g).child[0] == p)
                at(g).child[0] = i;
            else if (at(g).child[1] == p)
                at(g).child[1] = i;
        }
        const node moved = at(i).child[1 - side];
        at(p).child[side] = moved;
        if (moved != none)
            at(moved).parent = p;
        at(i).child[1 - side] = p;
        at(p).parent = i;
        at(i).parent = g;
        update(p);
    }

    /// A reversal above the nodes that turn reverses all of them alike, so it may wait there.
    void splay(node i) {
        push_reversal(i);
        while (!is_splay_root(i)) {
            const node p = at(i).parent;
            if (!is_splay_root(p)) {
                const node g = at(p).parent;
                push_reversal(g);
                push_reversal(p);
                push_reversal(i);
                rotate((at(g).child[1] == p) == (at(p).child[1] == i) ? p : i);
            } else {
                push_reversal(p);
                push_reversal(i);
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
        at(i).reversed ^= 1;
        push_reversal(i);
    }

    std::vector<splay_node> nodes_;
};

using link_cut_forest = basic_link_cut_forest<double>;

} // namespace topoprune::detail
