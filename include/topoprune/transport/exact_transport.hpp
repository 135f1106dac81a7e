// SPDX-License-Identifier: MIT
#pragma once

#include "detail/all_pairs_pricing.hpp"
#include "detail/cancelled_atoms.hpp"
#include "detail/candidate_arcs.hpp"
#include "detail/closed_measure.hpp"
#include "detail/evaluated_plan.hpp"
#include "detail/marginal_potentials.hpp"
#include "detail/network_simplex.hpp"
#include "detail/quantized_cost.hpp"
#include "row_transport.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace topoprune {

/// The optimal transport of the positive atoms onto the negative ones,
///
///     OT(mu, 0) = min over plans of sum mass * norm.cost(dr, df),
///
/// with a proof of optimality. Column generation: a network simplex solves the problem on a few likely pairs;
/// all other pairs are then tested against its potentials, and the violated ones join; no violated pair is
/// left when the potentials are feasible for the dual of the whole problem, whose value they share. The
/// simplex counts from the potentials of the r-marginal, which for the degree-1 measure of a bifiltered
/// complex and a norm are so near the optimal ones that few pivots remain. Nothing is carried over from one
/// measure to the next: an ascent step replaces most atoms of such a measure.
///
/// The solver's costs are whole multiples of `certificate->unit`, which is at most 2^-48 of the largest cost
/// between two atoms while there are fewer than 4,096 atoms and units of mass, and grows in proportion
/// beyond. So the cost reported, that of the plan in double precision, exceeds the optimum by no more than a
/// few total mass * unit. The certificate counts every pair once a round.
///
/// Optimal plans may tie, in l1 and linf most often. The one returned depends on the measure alone, not on
/// threads: it is where the simplex ends that starts from the row-wise plan and visits pairs in the order of
/// (f, r) of their sources, then of their sinks. to_zero takes atoms as they are: positive and negative atoms
/// of equal grade do not cancel, which makes no difference for a norm, but does for squared_l2.
///
/// Cost: O(n k) memory for k candidates. The time is that of the simplex, whose bound says little: 3 to 9 ms
/// on one core for the measures of classes of 5,000 samples (2,000 atoms of each sign), 1.4 to 2.8 s for
/// 10,000 atoms of each sign uniform in a square. Pricing runs on all threads, the simplex on one.
template <GroundNorm Norm = l1>
struct exact_transport {
    /// What it costs to move a unit of mass.
    Norm norm{};

    /// Each atom starts with pairs to this many nearest atoms of the other sign in the plane, and as many on
    /// either side of it in its row; at least 1. More make the first problem larger and the rounds fewer.
    /// Unset: 2 if nine tenths of the mass can move within the rows, as in the degree-1 measure of a
    /// bifiltered complex, where the start is good; else 8. The result does not depend on it, except among
    /// plans that tie.
    std::optional<int> n_candidates{};

    /// Where the mass is put that an unbalanced measure lacks; unset: an unbalanced measure is refused. A
    /// corner beyond all atoms prices what never dies by how late it is born.
    std::optional<std::array<double, 2>> corner{};

    /// The gradient, by the envelope theorem, is that of the cost of the optimal plan:
    /// sum_j mass_ij * norm.derivative(x_i - y_j) at a positive atom i, and the opposite sum at a negative
    /// one.
    /// Throws std::invalid_argument for an unbalanced measure without a corner, an atom that is not finite,
    /// or a largest cost that overflows.
    [[nodiscard]] transport_result to_zero(const signed_measure& measure, const execution& where) const;

    /// Throws as to_zero does.
    [[nodiscard]] transport_result between(const signed_measure& mu, const signed_measure& nu,
                                           const execution& where) const {
        return detail::move_between(*this, mu, nu, where);
    }

private:
    using arc = detail::network_simplex::arc;

    [[nodiscard]] transport_result move(const signed_measure& measure, const execution& where) const;

    /// Moves, and what they leave over.
    struct partial_plan {
        detail::remaining_mass remaining;
        std::vector<detail::indexed_move> moves;

        explicit partial_plan(const detail::split_atoms& atoms) : remaining(atoms) {}
        [[nodiscard]] bool moves_most() const;
    };

    [[nodiscard]] static std::vector<arc> candidate_arcs(const detail::split_atoms& atoms,
                                                         const detail::quantized_cost<Norm>& costs,
                                                         int candidates);

    /// A solver at a good plan: the given one, then what it leaves over along the cheapest candidates first.
    [[nodiscard]] static detail::network_simplex start(const detail::split_atoms& atoms,
                                                       const detail::quantized_cost<Norm>& costs,
                                                       std::vector<arc> arcs, partial_plan plan);

    /// sum_j mass_j * potential_j - sum_i mass_i * potential_i
    [[nodiscard]] static std::int64_t dual_value(const detail::split_atoms& atoms,
                                                 const detail::network_simplex& solver);
};

static_assert(Transport<exact_transport<>>);

} // namespace topoprune

#include "exact_transport.ipp"
