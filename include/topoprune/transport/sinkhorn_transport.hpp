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
    [[nodiscard]] transport_result to_zero(const signed_measure& measure, const execution& where) const {
        return detail::move_closed(measure, corner, "sinkhorn_transport::to_zero",
                                   [&](const signed_measure& closed) { return move(closed, where); });
    }

    /// Throws as to_zero does.
    [[nodiscard]] transport_result between(const signed_measure& mu, const signed_measure& nu,
                                           const execution& where) const {
        return detail::move_between(*this, mu, nu, where);
    }

private:
    [[nodiscard]] transport_result move(const signed_measure& measure, const execution& where) const {
        require(!epsilon || (*epsilon > 0 && std::isfinite(*epsilon)), "sinkhorn_transport::to_zero",
                "epsilon", epsilon.value_or(0), "positive and finite");
        require(tolerance > 0, "sinkhorn_transport::to_zero", "tolerance", tolerance, "positive");
        require(max_iterations >= 1, "sinkhorn_transport::to_zero", "max_iterations", max_iterations,
                "at least 1");
        const detail::split_atoms atoms = detail::split_by_sign(measure, "sinkhorn_transport::to_zero");
        transport_result result;
        result.gradient.assign(measure.size(), {0.0, 0.0});
        result.convergence.emplace();
        const double largest = largest_cost(atoms);
        require(std::isfinite(largest), "sinkhorn_transport::to_zero", "the largest ground cost", largest,
                "finite");
        if (largest < 1e-280) // the reciprocal of the regularization would overflow
            return result;
        double mass = 0;
        for (const detail::weighted_point& p : atoms.sources)
            mass += static_cast<double>(p.mass);
        const double regularization =
            std::max(epsilon ? *epsilon : derived_epsilon(measure, mass, largest, where), largest * 1e-12);
        detail::entropic_side sources(atoms.sources, mass);
        detail::entropic_side sinks(atoms.sinks, mass);
        const detail::entropic_outcome found = detail::find_entropic_potentials(
            norm, sources, sinks, largest, regularization, tolerance, max_iterations, where);

        result.cost = mass * (weighted_sum_of(sources) + weighted_sum_of(sinks));
        const double primal = mass * rounded_cost(sources, sinks, found, regularization, where);
        add_gradient(sources, sinks, atoms.sources, +mass, regularization, result, where);
        add_gradient(sinks, sources, atoms.sinks, -mass, regularization, result, where);
        const double dual = mass * feasible_dual(sources, sinks, where);
        result.lower_bound = std::max(marginal_lower_bound(measure, norm), dual);
        *result.convergence = {.converged = found.converged,
                               .iterations = found.iterations,
                               .epsilon = regularization,
                               .mass_error = found.mass_error,
                               .primal = primal,
                               .dual = dual,
                               .gap = primal - dual};
        return result;
    }

    [[nodiscard]] double largest_cost(const detail::split_atoms& atoms) const {
        if (atoms.sources.empty())
            return 0;
        double least_r = atoms.sources[0].r;
        double most_r = least_r;
        double least_f = atoms.sources[0].f;
        double most_f = least_f;
        for (const auto* side : {&atoms.sources, &atoms.sinks})
            for (const detail::weighted_point& p : *side) {
                least_r = std::min(least_r, p.r);
                most_r = std::max(most_r, p.r);
                least_f = std::min(least_f, p.f);
                most_f = std::max(most_f, p.f);
            }
        return norm.cost(most_r - least_r, most_f - least_f);
    }

    [[nodiscard]] double derived_epsilon(const signed_measure& measure, double mass, double largest,
                                         const execution& where) const {
        const double mean = row_transport<Norm>{.norm = norm}.to_zero(measure, where).cost / mass;
        return std::max(mean, largest * 1e-4);
    }

    [[nodiscard]] static double weighted_sum_of(const detail::entropic_side& side) {
        return std::inner_product(side.share.begin(), side.share.end(), side.potential.begin(), 0.0);
    }

    /// The cost of the plan after its rows are scaled down to their masses and what is then missing at
    /// sources and sinks is moved in proportion to both.
    [[nodiscard]] double rounded_cost(const detail::entropic_side& sources,
                                      const detail::entropic_side& sinks,
                                      const detail::entropic_outcome& found, double regularization,
                                      const execution& where) const {
        // Scaled down, row i lies lower by epsilon log(scale).
        detail::entropic_side scaled = sources;
        std::vector<double> missing_at_source(sources.share.size());
        for (std::size_t i = 0; i < scaled.share.size(); ++i) {
            missing_at_source[i] = scaled.share[i] * std::max(0.0, 1 - found.row_scale[i]);
            scaled.potential[i] -= regularization * std::log(std::max(1.0, found.row_scale[i]));
        }
        scaled.set_exponents(regularization);
        const double missing = std::accumulate(missing_at_source.begin(), missing_at_source.end(), 0.0);
        std::vector<double> missing_at_sink(sinks.at.r.size(), 0.0);
        where.parallel_ranges(sinks.size(), grain, [&](std::int64_t begin, std::int64_t end) {
            for (auto j = static_cast<std::size_t>(begin); j < static_cast<std::size_t>(end); ++j) {
                detail::fixed_order_sum share;
                for_plan_of(sinks, j, scaled, regularization,
                            [&](std::size_t i, const batch& p, const batch&) { share.add(i, p); });
                missing_at_sink[j] = std::max(0.0, sinks.share[j] - share.total());
            }
        });
        std::vector<double> row_costs(sources.share.size(), 0.0);
        where.parallel_ranges(sources.size(), grain, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
                const double share_of_missing = missing > 0 ? missing_at_source[i] / missing : 0;
                detail::fixed_order_sum cost;
                for_plan_of(scaled, i, sinks, regularization,
                            [&](std::size_t j, const batch& p, const batch& c) {
                                cost.add(j, c * (p + batch(share_of_missing) *
                                                         batch::load_unaligned(missing_at_sink.data() + j)));
                            });
                row_costs[i] = cost.total();
            }
        });
        return std::accumulate(row_costs.begin(), row_costs.end(), 0.0);
    }

    /// Adds mass * sum_j P_ij * derivative(x_i - y_j) at the points of one side.
    void add_gradient(const detail::entropic_side& side, const detail::entropic_side& others,
                      const std::vector<detail::weighted_point>& points, double mass, double regularization,
                      transport_result& result, const execution& where) const {
        where.parallel_ranges(side.size(), grain, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
                auto& [sum_r, sum_f] = result.gradient[static_cast<std::size_t>(points[i].id)];
                const double sign = mass > 0 ? 1 : -1;
                for_plan_of(side, i, others, regularization,
                            [&](std::size_t j, const batch& p, const batch&) {
                                std::array<double, lanes> shares;
                                p.store_unaligned(shares.data());
                                for (std::size_t lane = 0; lane < lanes; ++lane) {
                                    if (shares[lane] == 0)
                                        continue;
                                    const auto [by_r, by_f] =
                                        norm.derivative(sign * (side.at.r[i] - others.at.r[j + lane]),
                                                        sign * (side.at.f[i] - others.at.f[j + lane]));
                                    sum_r += mass * shares[lane] * by_r;
                                    sum_f += mass * shares[lane] * by_f;
                                }
                            });
            }
        });
    }

    /// The value of the sources' potentials with the largest ones at the sinks that no pair forbids.
    [[nodiscard]] double feasible_dual(const detail::entropic_side& sources,
                                       const detail::entropic_side& sinks, const execution& where) const {
        std::vector<double> potentials(sources.at.r.size(), -1e300); // padding is never the least
        std::copy(sources.potential.begin(), sources.potential.end(), potentials.begin());
        std::vector<double> allowed(sinks.share.size());
        where.parallel_ranges(sinks.size(), grain, [&](std::int64_t begin, std::int64_t end) {
            for (auto j = static_cast<std::size_t>(begin); j < static_cast<std::size_t>(end); ++j) {
                batch least(std::numeric_limits<double>::max());
                detail::for_costs_from(
                    norm, sinks.at.r[j], sinks.at.f[j], sources.at, [&](std::size_t i, const batch& c) {
                        least = xsimd::min(least, c - batch::load_unaligned(potentials.data() + i));
                    });
                allowed[j] = sinks.share[j] *
                             detail::fold_lanes(least, [](double a, double b) { return std::min(a, b); });
            }
        });
        return weighted_sum_of(sources) + std::accumulate(allowed.begin(), allowed.end(), 0.0);
    }

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
