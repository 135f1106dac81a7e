// SPDX-License-Identifier: MIT
#pragma once

#include "tree_repairs.hpp"

#include "../../core/detail/union_find.hpp"

#include <algorithm>
#include <utility>

namespace topoprune::detail {

TOPOPRUNE_DEFINE tree_repairs::tree_repairs(std::size_t nodes, std::vector<weighted_edge> edges)
    : tree_(nodes, 0), to_parent_(nodes, 0), first_repair_(nodes + 1, 0), children_(nodes) {
    std::stable_sort(edges.begin(), edges.end(),
                     [](const weighted_edge& a, const weighted_edge& b) { return a.weight < b.weight; });
    union_find components(nodes);
    const auto others = std::stable_partition(
        edges.begin(), edges.end(), [&](const weighted_edge& e) { return components.join(e.u, e.v); });
    hang({edges.begin(), others});
    put_down({others, edges.end()});
}

TOPOPRUNE_DEFINE void tree_repairs::hang(std::span<const weighted_edge> of_tree) {
    std::vector<std::vector<std::pair<std::int32_t, double>>> neighbors(to_parent_.size());
    for (const auto& [u, v, weight] : of_tree) {
        neighbors[static_cast<std::size_t>(u)].emplace_back(v, weight);
        neighbors[static_cast<std::size_t>(v)].emplace_back(u, weight);
    }
    std::vector<std::int32_t> reached{0};
    for (std::size_t next = 0; next < reached.size(); ++next) {
        const std::int32_t from = reached[next];
        for (const auto& [to, weight] : neighbors[static_cast<std::size_t>(from)]) {
            if (to == tree_.parent(from))
                continue;
            tree_.add(to, from);
            to_parent_[static_cast<std::size_t>(to)] = weight;
            children_[static_cast<std::size_t>(from)].push_back(to);
            reached.push_back(to);
        }
    }
}

TOPOPRUNE_DEFINE void tree_repairs::put_down(std::span<const weighted_edge> others) {
    // The joint of x is at its parent, between x and the parent of that. Roots: joints not repaired yet.
    union_find joints(to_parent_.size());
    for (const auto& [u, v, weight] : others) {
        const std::int32_t top = tree_.common_ancestor(u, v, [](std::int32_t, bool) {});
        for (const std::int32_t end : {u, v})
            for (std::int32_t x = joints.root(end); tree_.depth(x) >= tree_.depth(top) + 2;
                 x = joints.root(x)) {
                const std::int32_t at = tree_.parent(x);
                repairs_.push_back({at, {x, tree_.parent(at), weight}});
                joints.join_under(at, x);
            }
        if (top != u && top != v)
            repairs_.push_back({top, {branch_of(top, u), branch_of(top, v), weight}});
    }
    std::stable_sort(repairs_.begin(), repairs_.end(),
                     [](const repair& a, const repair& b) { return a.at < b.at; });
    for (const repair& r : repairs_)
        ++first_repair_[static_cast<std::size_t>(r.at) + 1];
    for (std::size_t node = 1; node < first_repair_.size(); ++node)
        first_repair_[node] += first_repair_[node - 1];
}

TOPOPRUNE_DEFINE void tree_repairs::add_change(std::int32_t node, std::span<const weighted_edge> more,
                                               tracked_sum& sum) const {
    const auto i = static_cast<std::size_t>(node);
    std::vector<std::int32_t> branches = children_[i]; // by place; then what each is joined to
    for (const std::int32_t child : branches)
        sum.add(-to_parent_[static_cast<std::size_t>(child)]);
    if (tree_.depth(node) > 0) {
        sum.add(-to_parent_[i]);
        branches.push_back(tree_.parent(node));
    }
    if (branches.size() < 2)
        return;

    std::vector<weighted_edge> between;
    for (std::size_t r = first_repair_[i]; r < first_repair_[i + 1]; ++r)
        between.push_back(repairs_[r].branches);
    for (const auto& [u, v, weight] : more)
        between.push_back({branch_of(node, u), branch_of(node, v), weight});
    std::stable_sort(between.begin(), between.end(),
                     [](const weighted_edge& a, const weighted_edge& b) { return a.weight < b.weight; });
    const auto place = [&](std::int32_t branch) {
        return static_cast<std::int32_t>(std::find(branches.begin(), branches.end(), branch) -
                                         branches.begin());
    };
    union_find joined(branches.size());
    for (const auto& [u, v, weight] : between)
        if (joined.join(place(u), place(v)))
            sum.add(weight);
}

} // namespace topoprune::detail
