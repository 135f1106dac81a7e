// SPDX-License-Identifier: MIT
#pragma once

#include "network_simplex.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE network_simplex::network_simplex(std::span<const indexed_move> moves,
                                                  std::span<const std::int64_t> move_costs,
                                                  const remaining_mass& left_over, std::int64_t hub_cost,
                                                  std::vector<std::int64_t> guess)
    : sources_(static_cast<std::int32_t>(left_over.sources.size())),
      hub_(sources_ + static_cast<std::int32_t>(left_over.sinks.size())), tree_(hub_ + 1),
      potentials_(static_cast<std::size_t>(hub_) + 1, 0), guess_(std::move(guess)) {
    guess_.resize(static_cast<std::size_t>(hub_), 0);
    for (std::int32_t v = 0; v < hub_; ++v)
        arcs_.push_back(v < sources_ ? arc{v, hub_, hub_cost} : arc{hub_, v, hub_cost});
    for (std::size_t i = 0; i < moves.size(); ++i)
        add_arc({moves[i].from, sources_ + moves[i].to, move_costs[i]});
    hang_forest(moves, left_over);
}

TOPOPRUNE_DEFINE void network_simplex::solve(const execution& where) {
    std::int64_t pivots = 0;
    for (std::int32_t entering = find_entering(); entering != none; entering = find_entering()) {
        pivot(entering);
        if (++pivots % 1024 == 0)
            where.check_interruption();
    }
}

TOPOPRUNE_DEFINE std::int64_t network_simplex::primal() const {
    std::int64_t sum = 0;
    for (std::int32_t v = 0; v < hub_; ++v)
        sum += tree_[v].joint.flow * (arc_above(v).cost - guessed(arc_above(v)));
    return sum;
}

TOPOPRUNE_DEFINE std::vector<indexed_move> network_simplex::moves() const {
    std::vector<indexed_move> found;
    for (std::int32_t v = 0; v < hub_; ++v) {
        const arc& a = arc_above(v);
        if (tree_[v].joint.flow > 0 && a.from != hub_ && a.to != hub_)
            found.push_back({a.from, a.to - sources_, tree_[v].joint.flow});
    }
    return found;
}

TOPOPRUNE_DEFINE std::int32_t network_simplex::find_entering() {
    const std::size_t count = arcs_.size();
    const std::size_t block =
        std::max<std::size_t>(20, static_cast<std::size_t>(std::sqrt(static_cast<double>(count))));
    std::int64_t least = 0;
    std::size_t entering = count;
    std::size_t left_in_block = block;
    std::size_t next = next_arc_ < count ? next_arc_ : 0;
    for (std::size_t seen = 0; seen < count; ++seen) {
        const std::int64_t reduced = reduced_cost(arcs_[next]);
        if (reduced < least) {
            least = reduced;
            entering = next;
        }
        if (++next == count)
            next = 0;
        if (--left_in_block == 0) {
            if (least < 0)
                break;
            left_in_block = block;
        }
    }
    next_arc_ = next;
    return least < 0 ? static_cast<std::int32_t>(entering) : none;
}

TOPOPRUNE_DEFINE void network_simplex::pivot(std::int32_t entering) {
    const arc& a = arcs_[static_cast<std::size_t>(entering)];
    const std::int32_t u = a.from;
    const std::int32_t v = a.to;
    const std::int32_t apex = tree_.lowest_common_ancestor(u, v);

    std::int64_t flow = std::numeric_limits<std::int64_t>::max();
    std::int32_t leaving = none;
    bool leaves_above_u = true;
    for (std::int32_t w = u; w != apex; w = tree_[w].parent)
        if (tree_[w].joint.points_up && tree_[w].joint.flow < flow) {
            flow = tree_[w].joint.flow;
            leaving = w;
        }
    for (std::int32_t w = v; w != apex; w = tree_[w].parent)
        if (!tree_[w].joint.points_up && tree_[w].joint.flow <= flow) {
            flow = tree_[w].joint.flow;
            leaving = w;
            leaves_above_u = false;
        }

    if (flow > 0) {
        for (std::int32_t w = u; w != apex; w = tree_[w].parent)
            tree_[w].joint.flow += tree_[w].joint.points_up ? -flow : flow;
        for (std::int32_t w = v; w != apex; w = tree_[w].parent)
            tree_[w].joint.flow += tree_[w].joint.points_up ? flow : -flow;
    }

    // The subtree that the leaving arc held moves over to the other end of the entering arc, and its
    // potentials shift so that the reduced cost of that arc becomes 0.
    const std::int64_t reduced = reduced_cost(a);
    const std::int32_t moved = leaves_above_u ? u : v;
    const std::int64_t shift = leaves_above_u ? -reduced : reduced;
    tree_.rehang(moved, leaving, leaves_above_u ? v : u, apex,
                 {.arc = entering, .points_up = leaves_above_u, .flow = flow});
    tree_.for_each_below(moved, [&](std::int32_t w) { potentials_[static_cast<std::size_t>(w)] += shift; });
}

TOPOPRUNE_DEFINE void network_simplex::hang_forest(std::span<const indexed_move> moves,
                                                   const remaining_mass& left_over) {
    const forest_adjacency moves_of(moves, sources_, hub_);
    std::vector<std::int32_t> order; // parents before children
    const auto hang_tree = [&](std::int32_t top, std::int64_t mass_left) {
        std::size_t done = order.size();
        tree_.attach(top, hub_, {.arc = top, .points_up = top < sources_, .flow = mass_left});
        for (order.push_back(top); done < order.size(); ++done) {
            const std::int32_t v = order[done];
            const bool is_source = v < sources_;
            for (const std::int32_t i : moves_of[v]) {
                const indexed_move& m = moves[static_cast<std::size_t>(i)];
                const std::int32_t child = is_source ? sources_ + m.to : m.from;
                if (tree_[child].parent != none)
                    continue;
                tree_.attach(child, v, {.arc = hub_ + i, .points_up = !is_source, .flow = m.mass});
                order.push_back(child);
            }
        }
    };
    for (std::int32_t v = 0; v < hub_; ++v)
        if (const std::int64_t mass = left_over.at_node(v); mass > 0)
            hang_tree(v, mass);
    for (std::int32_t v = 0; v < sources_; ++v)
        if (tree_[v].parent == none)
            hang_tree(v, 0);

    for (const std::int32_t v : order)
        potentials_[static_cast<std::size_t>(v)] =
            potentials_[static_cast<std::size_t>(tree_[v].parent)] +
            (tree_[v].joint.points_up ? -arc_above(v).cost : arc_above(v).cost);
    std::for_each(order.rbegin(), order.rend(),
                  [&](std::int32_t v) { tree_[tree_[v].parent].subtree_size += tree_[v].subtree_size; });
}

} // namespace topoprune::detail
