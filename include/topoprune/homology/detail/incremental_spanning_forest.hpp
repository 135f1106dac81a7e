// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The weights of a maximum spanning forest of a graph to which edges are added one by one.
///
/// Kept is not the forest but the tree of unions that Kruskal's algorithm would make of the edges so far,
/// heaviest first, each union hanging the root of lower priority below the other; no path is shortened. On
/// the way up from a node weights never rise and priorities always do, so two nodes are joined by edges of
/// weight >= w exactly if the ways from both, as far as the links weigh >= w, end at one node. An edge that
/// comes later takes the place of a link that it outweighs, which is then put in again from there on.
///
/// Priorities are a fixed hash of the nodes, and so the depth is O(log n) on average, whatever the order of
/// the edges. Edges are told apart by weight alone: of different edges the weights should differ, but for
/// `heaviest`, the weight of edges that never leave.
class incremental_spanning_forest {
public:
    /// Edges of this weight never leave; their links are shortened.
    static constexpr std::int32_t heaviest = std::numeric_limits<std::int32_t>::max();
    /// What leaves where an edge joins two trees.
    static constexpr std::int32_t none = -1;

    explicit incremental_spanning_forest(std::size_t nodes) : nodes_(nodes) {
        for (std::size_t x = 0; x < nodes; ++x)
            nodes_[x].parent = static_cast<std::int32_t>(x);
    }

    /// Adds an edge of a weight >= 0 between x and y and gives the weight of the edge that leaves in return:
    /// the lightest of the cycle that it closes, itself perhaps; `none` if it closes no cycle. O(log n) on
    /// average: the ways up from x and y are gone once.
    std::int32_t insert(std::int32_t x, std::int32_t y, std::int32_t weight) {
        while (weight != none) {
            x = highest(x, weight);
            y = highest(y, weight);
            if (x == y)
                break;
            if (priority(x) > priority(y))
                std::swap(x, y);
            link& low = at(x);
            std::swap(low.parent, y);
            std::swap(low.weight, weight);
        }
        return weight;
    }

private:
    struct link {
        std::int32_t parent = 0;
        std::int32_t weight = none; // of the link to the parent; a root has none
    };

    link& at(std::int32_t x) { return nodes_[static_cast<std::size_t>(x)]; }

    /// A permutation of the 32-bit numbers, so that no two nodes are level: what ends MurmurHash3 (Appleby
    /// 2011).
    static std::uint32_t priority(std::int32_t x) {
        auto bits = static_cast<std::uint32_t>(x);
        bits = (bits ^ (bits >> 16)) * 0x85ebca6bU;
        bits = (bits ^ (bits >> 13)) * 0xc2b2ae35U;
        return bits ^ (bits >> 16);
    }

    /// Where the way up from x over links of at least this weight ends.
    std::int32_t highest(std::int32_t x, std::int32_t weight) {
        for (;;) {
            link& here = at(x);
            if (here.weight < weight)
                return x;
            const link above = at(here.parent);
            if (above.weight == heaviest)
                here.parent = above.parent; // both links are of edges that never leave
            x = here.parent;
        }
    }

    std::vector<link> nodes_;
};

} // namespace topoprune::detail
