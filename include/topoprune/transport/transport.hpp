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
/// integers of the solver. `primal == dual` and no violated pair prove the plan optimal for the costs rounded
/// to a multiple of `unit`; `gap` is primal - dual in the units of the cost.
struct transport_certificate {
    std::int64_t primal = 0;
    std::int64_t dual = 0;
    double unit = 0;
    double gap = 0;
    std::int64_t pairs_priced = 0;
    std::int64_t violated_pairs = 0;
};

/// A mass `mass` that moves from the positive atom `from` to the negative atom `to` (positions in the
/// measure).
struct transport_move {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t mass = 0;
};

/// How far the positive part of a signed measure is from its negative part.
struct transport_result {
    /// Total cost, sum over moves of mass * ground cost.
    double cost = 0;
    /// A number that no plan can undercut (the one-dimensional transport of the r-marginal).
    double lower_bound = 0;
    /// d cost / d (r, f) of each atom, in the order of the measure. At ties of the plan it is one of the
    /// one-sided derivatives, the same one in every run.
    std::vector<std::array<double, 2>> gradient;
    std::vector<transport_move> plan;
    /// Present if the method proves its plan optimal.
    std::optional<transport_certificate> certificate;
};

/// Atom of Transport.
template <class T>
concept MovesSignedMeasure =
    requires(const T& policy, const signed_measure& measure, const execution& where) {
        { policy.to_zero(measure, where) } -> std::same_as<transport_result>;
    };

/// A type that moves the positive atoms of a signed measure of total mass 0 onto its negative atoms and tells
/// the cost OT(mu, 0) = W_1(mu+, mu-) and its derivative by the atoms' positions.
/// Semantics: an unbalanced measure is refused by std::invalid_argument; the empty measure costs 0; the same
/// bits on any number of threads.
/// Models: exact_transport<Norm>, row_transport<Norm>.
template <class T>
concept Transport = std::copyable<T> && MovesSignedMeasure<T>;

} // namespace topoprune
