// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "planar_moves.hpp"
#include "spanning_tree.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The primal network simplex method for the transportation problem
///
///     min sum cost * flow   over flow >= 0, every source sends its supply, every sink gets its demand,
///
/// on a sparse set of arcs that may grow between solves (Ahuja, Magnanti, Orlin 1993, ch. 11). Costs, flows
/// and potentials are 64-bit integers: ties are ties, and rounding cannot lead it astray.
///
/// Nodes: sources 0 .. s-1, sinks s .. s+t-1, and a hub that every source reaches and that reaches every sink
/// at `hub_cost`. The hub makes any set of arcs feasible and is the root of the basis, a spanning tree. The
/// tree is kept strongly feasible (arcs without flow point to the root), which rules out cycling (Cunningham
/// 1976). Arcs have no capacity, so only tree arcs carry flow.
///
/// With the convention  reduced cost = cost + potential[from] - potential[to],  an optimal tree has no
/// negative reduced cost. The solver counts from a guess at the potentials: inside, the cost of an arc is its
/// reduced cost by the guess, which changes all plans by one and the same number, and the trees of the first
/// plan hang on the hub with potentials close to the guess. A good guess leaves few pivots to make. As the
/// arcs of the hub, whose potential is 0, have no negative reduced cost either, every potential is in the end
/// within hub_cost of its guess.
///
/// Memory: 56 bytes a node, 16 bytes an arc. A pivot walks the cycle it closes and the subtree it rehangs.
class network_simplex {
public:
    struct arc {
        std::int32_t from;
        std::int32_t to; ///< a node: s + index of the sink
        std::int64_t cost;
    };

    /// Starts at the plan `moves`, a forest, each move with the cost of its arc; what it leaves over of
    /// supplies and demands goes through the hub. All masses are positive, supplies and demands balanced.
    /// `guess` has a potential for each source, then for each sink; empty: all are 0.
    network_simplex(std::span<const indexed_move> moves, std::span<const std::int64_t> move_costs,
                    const remaining_mass& left_over, std::int64_t hub_cost,
                    std::vector<std::int64_t> guess = {})
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

    /// The next solve looks at these arcs first.
    void add_arcs(std::span<const arc> more) {
        next_arc_ = arcs_.size();
        for (const arc& a : more)
            add_arc(a);
    }

    /// Pivots until no arc has a negative reduced cost, from the basis that the last solve left.
    void solve(const execution& where) {
        std::int64_t pivots = 0;
        for (std::int32_t entering = find_entering(); entering != none; entering = find_entering()) {
            pivot(entering);
            if (++pivots % 1024 == 0)
                where.check_interruption();
        }
    }

    [[nodiscard]] std::int64_t source_potential(std::int64_t i) const {
        return potential(static_cast<std::int32_t>(i));
    }
    [[nodiscard]] std::int64_t sink_potential(std::int64_t j) const {
        return potential(sources_ + static_cast<std::int32_t>(j));
    }

    /// Sum of cost * flow.
    [[nodiscard]] std::int64_t primal() const {
        std::int64_t sum = 0;
        for (std::int32_t v = 0; v < hub_; ++v)
            sum += tree_[v].joint.flow * (arc_above(v).cost - guessed(arc_above(v)));
        return sum;
    }

    /// The flow between sources and sinks, in no particular order.
    [[nodiscard]] std::vector<indexed_move> moves() const {
        std::vector<indexed_move> found;
        for (std::int32_t v = 0; v < hub_; ++v) {
            const arc& a = arc_above(v);
            if (tree_[v].joint.flow > 0 && a.from != hub_ && a.to != hub_)
                found.push_back({a.from, a.to - sources_, tree_[v].joint.flow});
        }
        return found;
    }

private:
    static constexpr std::int32_t none = spanning_tree::none;

    [[nodiscard]] const arc& arc_above(std::int32_t v) const {
        return arcs_[static_cast<std::size_t>(tree_[v].joint.arc)];
    }

    [[nodiscard]] std::int64_t potential(std::int32_t v) const {
        return potentials_[static_cast<std::size_t>(v)] + guess_[static_cast<std::size_t>(v)];
    }

    /// What the guess adds to the cost of an arc; nothing at the hub.
    [[nodiscard]] std::int64_t guessed(const arc& a) const {
        if (a.from == hub_ || a.to == hub_)
            return 0;
        return guess_[static_cast<std::size_t>(a.from)] - guess_[static_cast<std::size_t>(a.to)];
    }

    void add_arc(arc a) {
        a.cost += guessed(a);
        arcs_.push_back(a);
    }

    [[nodiscard]] std::int64_t reduced_cost(const arc& a) const {
        return a.cost + potentials_[static_cast<std::size_t>(a.from)] -
               potentials_[static_cast<std::size_t>(a.to)];
    }

    /// Block search: the most negative reduced cost of the first block of arcs that has one, from where the
    /// last search ended; none if no arc has.
    [[nodiscard]] std::int32_t find_entering() {
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

    /// The entering arc u -> v closes a cycle with the tree. As much flow as possible goes around it; of the
    /// arcs that this empties, the last one met along the cycle from its apex on leaves: the choice that
    /// keeps the tree strongly feasible. An arc is named by its lower node.
    void pivot(std::int32_t entering) {
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
        tree_.for_each_below(moved,
                             [&](std::int32_t w) { potentials_[static_cast<std::size_t>(w)] += shift; });
    }

    /// Hangs each tree of the forest of moves below the hub: by its node with mass left over, of which it has
    /// at most one (every move uses up one of its ends), else by a source, whose arc to the hub then carries
    /// nothing and points up.
    void hang_forest(std::span<const indexed_move> moves, const remaining_mass& left_over) {
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

    std::int32_t sources_;
    std::int32_t hub_;
    spanning_tree tree_;
    std::vector<std::int64_t> potentials_; ///< from the guess on
    std::vector<std::int64_t> guess_;
    std::vector<arc> arcs_;
    std::size_t next_arc_ = 0;
};

} // namespace topoprune::detail
