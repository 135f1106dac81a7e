// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../homology/signed_measure.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace topoprune {

/// Why a transport is known to be optimal: linear-programming duality over all pairs of atoms, in the
/// integers of the solver. Its potentials were held against every pair, and none offered a cheaper move, so
/// `dual` is a bound for every plan: `primal == dual` proves this one optimal for the costs rounded to a
/// multiple of `unit`. `gap` is primal - dual in the units of the cost. `pairs_priced` counts a pair as often
/// as it was held against potentials.
struct transport_certificate {
    std::int64_t primal = 0;
    std::int64_t dual = 0;
    double unit = 0;
    double gap = 0;
    std::int64_t pairs_priced = 0;
};

/// A mass `mass` that moves from the positive atom `from` to the negative atom `to` (positions in the
/// measure).
struct transport_move {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t mass = 0;
};

/// How an iterative transport ended, and between which bounds it has the optimal cost.
struct transport_convergence {
    /// The masses of the plan are right to the tolerance; otherwise the iterations were used up.
    bool converged = true;
    std::int64_t iterations = 0;
    /// The regularization of the last iterations, in the units of the cost.
    double epsilon = 0;
    /// Sum of the errors of the positive atoms' masses, as a share of the total mass.
    double mass_error = 0;
    /// The cost of a plan that moves all masses exactly: no less than the optimal cost.
    double primal = 0;
    /// The value of potentials that are feasible for every pair: no more than the optimal cost.
    double dual = 0;
    /// primal - dual
    double gap = 0;
};

/// How far the positive part of a signed measure is from its negative part.
struct transport_result {
    /// What the method says it costs; the total cost of the plan, sum over moves of mass * ground cost, if
    /// there is a plan.
    double cost = 0;
    /// A number that no plan can undercut (the one-dimensional transport of the r-marginal, or better).
    double lower_bound = 0;
    /// d cost / d (r, f) of each atom, in the order of the measure; of `between`, the atoms of mu, then those
    /// of nu. At ties of the plan it is one of the one-sided derivatives, the same one in every run.
    std::vector<std::array<double, 2>> gradient{};
    /// Empty if the method has none that is a list of whole masses.
    std::vector<transport_move> plan{};
    /// Present if the method proves its plan optimal.
    std::optional<transport_certificate> certificate{};
    /// Present if the method iterates.
    std::optional<transport_convergence> convergence{};
};

/// Atom of Transport.
template <class T>
concept MovesSignedMeasure =
    requires(const T& policy, const signed_measure& measure, const execution& where) {
        { policy.to_zero(measure, where) } -> std::same_as<transport_result>;
    };

/// Atom of Transport.
template <class T>
concept MovesBetweenMeasures =
    requires(const T& policy, const signed_measure& mu, const signed_measure& nu, const execution& where) {
        { policy.between(mu, nu, where) } -> std::same_as<transport_result>;
    };

/// A type that moves the positive atoms of a signed measure of total mass 0 onto its negative atoms and tells
/// the cost OT(mu, 0) = W_1(mu+, mu-), and in the same way that between two measures of equal total mass,
///     OT(mu, nu) = W_1(mu+ + nu-, mu- + nu+),
/// each with its derivative by the atoms' positions.
/// Semantics: `between` cancels equal atoms first, in whole or in part, where the ground cost is a metric, so
/// between(mu, mu) costs 0; where atoms cancel, the derivative is 0. Under squared_l2 nothing cancels: W_2^2
/// may be less if what two measures share moves on. A cost that overflows is refused by
/// std::invalid_argument. An unbalanced measure, or two measures of different total mass, is
/// refused by std::invalid_argument, unless the policy closes it at a corner of its own (an option: the
/// missing mass is put there, one atom that no derivative moves). The empty measure costs 0. The same bits on
/// any number of threads.
/// Models: exact_transport<Norm>, row_transport<Norm>, sliced_transport<Norm>, sinkhorn_transport<Norm>.
template <class T>
concept Transport = std::copyable<T> && MovesSignedMeasure<T> && MovesBetweenMeasures<T>;

} // namespace topoprune
