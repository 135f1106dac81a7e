// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "planar_moves.hpp"
#include "spanning_tree.hpp"

#include <cstdint>
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
    TOPOPRUNE_DECLARE network_simplex(std::span<const indexed_move> moves,
                                      std::span<const std::int64_t> move_costs,
                                      const remaining_mass& left_over, std::int64_t hub_cost,
                                      std::vector<std::int64_t> guess = {});

    /// The next solve looks at these arcs first.
    void add_arcs(std::span<const arc> more) {
        next_arc_ = arcs_.size();
        for (const arc& a : more)
            add_arc(a);
    }

    /// Pivots until no arc has a negative reduced cost, from the basis that the last solve left.
    TOPOPRUNE_DECLARE void solve(const execution& where);

    [[nodiscard]] std::int64_t source_potential(std::int64_t i) const {
        return potential(static_cast<std::int32_t>(i));
    }
    [[nodiscard]] std::int64_t sink_potential(std::int64_t j) const {
        return potential(sources_ + static_cast<std::int32_t>(j));
    }

    /// Sum of cost * flow.
    TOPOPRUNE_DECLARE [[nodiscard]] std::int64_t primal() const;

    /// The flow between sources and sinks, in no particular order.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<indexed_move> moves() const;

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
    TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t find_entering();

    /// The entering arc u -> v closes a cycle with the tree. As much flow as possible goes around it; of the
    /// arcs that this empties, the last one met along the cycle from its apex on leaves: the choice that
    /// keeps the tree strongly feasible. An arc is named by its lower node.
    TOPOPRUNE_DECLARE void pivot(std::int32_t entering);

    /// Hangs each tree of the forest of moves below the hub: by its node with mass left over, of which it has
    /// at most one (every move uses up one of its ends), else by a source, whose arc to the hub then carries
    /// nothing and points up.
    TOPOPRUNE_DECLARE void hang_forest(std::span<const indexed_move> moves, const remaining_mass& left_over);

    std::int32_t sources_;
    std::int32_t hub_;
    spanning_tree tree_;
    std::vector<std::int64_t> potentials_; ///< from the guess on
    std::vector<std::int64_t> guess_;
    std::vector<arc> arcs_;
    std::size_t next_arc_ = 0;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "network_simplex.ipp"
#endif
