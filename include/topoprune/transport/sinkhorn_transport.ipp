// SPDX-License-Identifier: MIT
#pragma once

#include "sinkhorn_transport.hpp"

namespace topoprune {

template <GroundNorm Norm>
transport_result sinkhorn_transport<Norm>::to_zero(const signed_measure& measure,
                                                   const execution& where) const {
    return detail::move_closed(measure, corner, "sinkhorn_transport::to_zero",
                               [&](const signed_measure& closed) { return move(closed, where); });
}

template <GroundNorm Norm>
transport_result sinkhorn_transport<Norm>::move(const signed_measure& measure, const execution& where) const {
    require(!epsilon || (*epsilon > 0 && std::isfinite(*epsilon)), "sinkhorn_transport::to_zero", "epsilon",
            epsilon.value_or(0), "positive and finite");
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
    require(std::isfinite(result.cost) && std::isfinite(primal), "sinkhorn_transport::to_zero", "the cost",
            primal, "finite");
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

template <GroundNorm Norm>
double sinkhorn_transport<Norm>::largest_cost(const detail::split_atoms& atoms) const {
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

template <GroundNorm Norm>
double sinkhorn_transport<Norm>::derived_epsilon(const signed_measure& measure, double mass, double largest,
                                                 const execution& where) const {
    const double mean = row_transport<Norm>{.norm = norm}.to_zero(measure, where).cost / mass;
    return std::max(mean, largest * 1e-4);
}

template <GroundNorm Norm>
double sinkhorn_transport<Norm>::rounded_cost(const detail::entropic_side& sources,
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
            for_plan_of(scaled, i, sinks, regularization, [&](std::size_t j, const batch& p, const batch& c) {
                cost.add(
                    j, c * (p + batch(share_of_missing) * batch::load_unaligned(missing_at_sink.data() + j)));
            });
            row_costs[i] = cost.total();
        }
    });
    return std::accumulate(row_costs.begin(), row_costs.end(), 0.0);
}

template <GroundNorm Norm>
void sinkhorn_transport<Norm>::add_gradient(const detail::entropic_side& side,
                                            const detail::entropic_side& others,
                                            const std::vector<detail::weighted_point>& points, double mass,
                                            double regularization, transport_result& result,
                                            const execution& where) const {
    where.parallel_ranges(side.size(), grain, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            auto& [sum_r, sum_f] = result.gradient[static_cast<std::size_t>(points[i].id)];
            const double sign = mass > 0 ? 1 : -1;
            for_plan_of(side, i, others, regularization, [&](std::size_t j, const batch& p, const batch&) {
                std::array<double, lanes> shares;
                p.store_unaligned(shares.data());
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    if (shares[lane] == 0)
                        continue;
                    const auto [by_r, by_f] = norm.derivative(sign * (side.at.r[i] - others.at.r[j + lane]),
                                                              sign * (side.at.f[i] - others.at.f[j + lane]));
                    sum_r += mass * shares[lane] * by_r;
                    sum_f += mass * shares[lane] * by_f;
                }
            });
        }
    });
}

template <GroundNorm Norm>
double sinkhorn_transport<Norm>::feasible_dual(const detail::entropic_side& sources,
                                               const detail::entropic_side& sinks,
                                               const execution& where) const {
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
            allowed[j] =
                sinks.share[j] * detail::fold_lanes(least, [](double a, double b) { return std::min(a, b); });
        }
    });
    return weighted_sum_of(sources) + std::accumulate(allowed.begin(), allowed.end(), 0.0);
}

} // namespace topoprune
