// SPDX-License-Identifier: MIT
#pragma once

#include "row_transport.hpp"

namespace topoprune {

template <GroundNorm Norm>
transport_result row_transport<Norm>::to_zero(const signed_measure& measure, const execution& where) const {
    return detail::move_closed(measure, corner, "row_transport::to_zero",
                               [&](const signed_measure& closed) { return move(closed, where); });
}

template <GroundNorm Norm>
transport_result row_transport<Norm>::move(const signed_measure& measure, const execution& where) const {
    where.check_interruption();
    const detail::split_atoms atoms = detail::split_by_sign(measure, "row_transport::to_zero");
    detail::remaining_mass remaining(atoms);
    std::vector<detail::indexed_move> moves;
    detail::move_within_rows(atoms, remaining, moves);
    detail::move_in_order(0, atoms.sources.size(), 0, atoms.sinks.size(), remaining, moves);
    transport_result result = detail::evaluate_plan(norm, measure, atoms, moves);
    result.lower_bound = marginal_lower_bound(measure, norm);
    return result;
}

} // namespace topoprune
