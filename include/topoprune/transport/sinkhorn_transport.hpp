// SPDX-License-Identifier: MIT
#pragma once

#include "../core/exponential.hpp"
#include "detail/cancelled_atoms.hpp"
#include "detail/closed_measure.hpp"
#include "detail/entropic_potentials.hpp"
#include "detail/evaluated_plan.hpp"
#include "ground_norm.hpp"
#include "row_transport.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

namespace topoprune {

/// Entropic transport (Cuturi 2013): with M the total mass of the positive atoms, a and b the shares of the
/// positive and of the negative ones, the cost is the regularized value
///
///     M min over plans P of shares:  sum P_ij c_ij + epsilon sum P_ij log(P_ij / (a_i b_j)),
///
/// found by Sinkhorn's iteration on potentials, with epsilon lowered in stages. It is no less than the exact
/// cost and tends to it as epsilon tends to 0; it is not 0 for a measure whose masses could all stay in
/// place. `convergence` brackets the exact cost: `primal` is the cost of the plan, rounded to one that moves
/// all masses exactly (Altschuler, Weed, Rigollet 2017), `dual` the value of the potentials, made feasible
/// for every pair. The plan itself is never held.
///
/// The derivative is that of the regularized value, M sum_j P_ij * norm.derivative(x_i - y_j) at a positive
/// atom i, with an error in proportion to the mass error. An epsilon that is derived from the data counts as
/// a constant.
///
/// Cost: two costs and two exponentials for every pair of atoms and iteration, on all threads, in rows that
/// are computed anew each time; O(n) memory.
template <GroundNorm Norm = l1>
struct sinkhorn_transport {
    /// What it costs to move a unit of mass.
    Norm norm{};

    /// The regularization, > 0, in units of the cost. The smaller, the nearer to the exact cost and the more
    /// iterations; below 1e-12 of the largest cost it counts as that. Unset: the mean cost of a unit of mass
    /// in row_transport's plan.
    std::optional<double> epsilon{};

    /// The iteration ends when the masses of the positive atoms are wrong by no more than this share of the
    /// total mass; > 0. The cost is then right to about its square, the derivative to about itself.
    double tolerance = 1e-6;

    /// The iteration ends after so many iterations, all stages together, or one more; at least 1. Then
    /// `convergence->converged` is false, and the cost may be too small.
    int max_iterations = 2000;

    /// Where the mass is put that an unbalanced measure lacks; unset: an unbalanced measure is refused. A
    /// corner beyond all atoms prices what never dies by how late it is born.
    std::optional<std::array<double, 2>> corner{};

    /// Throws std::invalid_argument for an unbalanced measure without a corner, an atom that is not finite, a
    /// largest cost that overflows, or an option out of its range.
    [[nodiscard]] transport_result to_zero(const signed_measure& measure, const execution& where) const;

    /// Throws as to_zero does.
    [[nodiscard]] transport_result between(const signed_measure& mu, const signed_measure& nu,
                                           const execution& where) const {
        return detail::move_between(*this, mu, nu, where);
    }

private:
    [[nodiscard]] transport_result move(const signed_measure& measure, const execution& where) const;

    [[nodiscard]] double largest_cost(const detail::split_atoms& atoms) const;

    [[nodiscard]] double derived_epsilon(const signed_measure& measure, double mass, double largest,
                                         const execution& where) const;

    [[nodiscard]] static double weighted_sum_of(const detail::entropic_side& side) {
        return std::inner_product(side.share.begin(), side.share.end(), side.potential.begin(), 0.0);
    }

    /// The cost of the plan after its rows are scaled down to their masses and what is then missing at
    /// sources and sinks is moved in proportion to both.
    [[nodiscard]] double rounded_cost(const detail::entropic_side& sources,
                                      const detail::entropic_side& sinks,
                                      const detail::entropic_outcome& found, double regularization,
                                      const execution& where) const;

    /// Adds mass * sum_j P_ij * derivative(x_i - y_j) at the points of one side.
    void add_gradient(const detail::entropic_side& side, const detail::entropic_side& others,
                      const std::vector<detail::weighted_point>& points, double mass, double regularization,
                      transport_result& result, const execution& where) const;

    /// The value of the sources' potentials with the largest ones at the sinks that no pair forbids.
    [[nodiscard]] double feasible_dual(const detail::entropic_side& sources,
                                       const detail::entropic_side& sinks, const execution& where) const;

    using batch = detail::point_columns::batch;
    static constexpr std::size_t lanes = detail::point_columns::lanes;
    static constexpr std::int64_t grain = 64;

    /// Calls visit(j, shares, costs) for the plan between point i of a side and points j, j + 1, ... of the
    /// others, whose exponents are set.
    template <class Visit>
    void for_plan_of(const detail::entropic_side& side, std::size_t i, const detail::entropic_side& others,
                     double regularization, Visit&& visit) const {
        const batch own(std::log(side.share[i]) + side.potential[i] / regularization);
        const batch scale(1 / regularization);
        detail::for_costs_from(
            norm, side.at.r[i], side.at.f[i], others.at, [&](std::size_t j, const batch& cost) {
                visit(j,
                      detail::exponential(own +
                                          (batch::load_unaligned(others.exponent.data() + j) - cost * scale)),
                      cost);
            });
    }
};

static_assert(Transport<sinkhorn_transport<>>);

} // namespace topoprune

#include "sinkhorn_transport.ipp"
