// SPDX-License-Identifier: MIT
#pragma once

#include "exact_transport.hpp"

namespace topoprune {

template <GroundNorm Norm>
transport_result exact_transport<Norm>::to_zero(const signed_measure& measure, const execution& where) const {
    return detail::move_closed(measure, corner, "exact_transport::to_zero",
                               [&](const signed_measure& closed) { return move(closed, where); });
}

template <GroundNorm Norm>
transport_result exact_transport<Norm>::move(const signed_measure& measure, const execution& where) const {
    require(n_candidates.value_or(1) >= 1, "exact_transport::to_zero", "n_candidates",
            n_candidates.value_or(1), "at least 1");
    require(std::ssize(measure) < std::numeric_limits<std::int32_t>::max() / 2, "exact_transport::to_zero",
            "the number of atoms", measure.size(), "below 2^30");
    const detail::split_atoms atoms = detail::split_by_sign(measure, "exact_transport::to_zero");
    if (atoms.sources.empty()) {
        transport_result nothing;
        nothing.gradient.assign(measure.size(), {0.0, 0.0});
        nothing.certificate.emplace();
        return nothing;
    }
    const detail::quantized_cost<Norm> costs(norm, atoms);
    partial_plan within_rows(atoms);
    detail::move_within_rows(atoms, within_rows.remaining, within_rows.moves);
    const int candidates = n_candidates.value_or(within_rows.moves_most() ? 2 : 8);
    std::vector<arc> arcs = candidate_arcs(atoms, costs, candidates);
    detail::network_simplex solver = start(atoms, costs, arcs, std::move(within_rows));
    detail::all_pairs_pricing<Norm> pricing(costs);
    transport_certificate certificate;
    do {
        solver.add_arcs(arcs);
        solver.solve(where);
        arcs = pricing.violated_arcs(solver, where);
        certificate.pairs_priced += costs.source_count() * costs.sink_count();
    } while (!arcs.empty());
    certificate.unit = costs.unit();
    certificate.primal = solver.primal();
    certificate.dual = dual_value(atoms, solver);
    certificate.gap = static_cast<double>(certificate.primal - certificate.dual) * certificate.unit;

    transport_result result = detail::evaluate_plan(norm, measure, atoms, solver.moves());
    result.lower_bound = marginal_lower_bound(measure, norm);
    result.certificate = certificate;
    return result;
}

template <GroundNorm Norm>
bool exact_transport<Norm>::partial_plan::moves_most() const {
    std::int64_t moved = 0;
    for (const detail::indexed_move& m : moves)
        moved += m.mass;
    return std::accumulate(remaining.sources.begin(), remaining.sources.end(), std::int64_t{0}) <= moved / 9;
}

template <GroundNorm Norm>
auto exact_transport<Norm>::candidate_arcs(const detail::split_atoms& atoms,
                                           const detail::quantized_cost<Norm>& costs, int candidates)
    -> std::vector<arc> {
    const auto first_sink = static_cast<std::int32_t>(costs.source_count());
    std::vector<arc> arcs;
    for (const auto [source, sink] : detail::candidate_pairs(atoms, candidates))
        arcs.push_back({source, first_sink + sink, costs(source, sink)});
    return arcs;
}

template <GroundNorm Norm>
detail::network_simplex exact_transport<Norm>::start(const detail::split_atoms& atoms,
                                                     const detail::quantized_cost<Norm>& costs,
                                                     std::vector<arc> arcs, partial_plan plan) {
    const auto first_sink = static_cast<std::int32_t>(costs.source_count());
    auto& [remaining, moves] = plan;
    std::erase_if(
        arcs, [&](const arc& a) { return remaining.at_node(a.from) == 0 || remaining.at_node(a.to) == 0; });
    std::sort(arcs.begin(), arcs.end(), [](const arc& a, const arc& b) {
        return std::tie(a.cost, a.from, a.to) < std::tie(b.cost, b.from, b.to);
    });
    for (const arc& a : arcs)
        remaining.move(static_cast<std::size_t>(a.from), static_cast<std::size_t>(a.to - first_sink), moves);
    std::vector<std::int64_t> move_costs;
    for (const detail::indexed_move& m : moves)
        move_costs.push_back(costs(m.from, m.to));
    // Through the hub, a source and a sink are farther from each other than any two of them are,
    // even when counted from the guess, which adds up to two largest costs.
    const std::int64_t hub_cost = costs.largest() / 2 + costs.largest() + 1;
    return {moves, move_costs, remaining, hub_cost, detail::marginal_potentials(atoms, costs)};
}

template <GroundNorm Norm>
std::int64_t exact_transport<Norm>::dual_value(const detail::split_atoms& atoms,
                                               const detail::network_simplex& solver) {
    std::int64_t sum = 0;
    for (std::size_t j = 0; j < atoms.sinks.size(); ++j)
        sum += atoms.sinks[j].mass * solver.sink_potential(static_cast<std::int64_t>(j));
    for (std::size_t i = 0; i < atoms.sources.size(); ++i)
        sum -= atoms.sources[i].mass * solver.source_potential(static_cast<std::int64_t>(i));
    return sum;
}

} // namespace topoprune
