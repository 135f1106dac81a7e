// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../ground_norm.hpp"
#include "../transport.hpp"
#include "planar_moves.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace topoprune::detail {

/// Cost, gradient and plan of a set of moves. The moves are put in the order (from, to) of the measure, and
/// every sum runs in that order. The gradient is that of the cost of this plan, which by the envelope theorem
/// is the gradient of the optimal cost if the plan is optimal:
///     d cost / d x_i = sum_j mass_ij * derivative(x_i - y_j) for a source, and the opposite for a sink.
template <GroundNorm Norm>
[[nodiscard]] transport_result evaluate_plan(const Norm& norm, const signed_measure& measure,
                                             const split_atoms& atoms,
                                             const std::vector<indexed_move>& moves) {
    transport_result result;
    result.gradient.assign(measure.size(), {0.0, 0.0});
    result.plan.reserve(moves.size());
    for (const indexed_move& m : moves)
        result.plan.push_back({atoms.sources[static_cast<std::size_t>(m.from)].id,
                               atoms.sinks[static_cast<std::size_t>(m.to)].id, m.mass});
    std::sort(result.plan.begin(), result.plan.end(), [](const transport_move& a, const transport_move& b) {
        return std::tie(a.from, a.to) < std::tie(b.from, b.to);
    });
    for (const transport_move& m : result.plan) {
        const auto from = static_cast<std::size_t>(m.from);
        const auto to = static_cast<std::size_t>(m.to);
        const double dr = measure[from].r - measure[to].r;
        const double df = measure[from].f - measure[to].f;
        const auto mass = static_cast<double>(m.mass);
        result.cost += mass * norm.cost(dr, df);
        const auto [by_r, by_f] = norm.derivative(dr, df);
        result.gradient[from][0] += mass * by_r;
        result.gradient[from][1] += mass * by_f;
        result.gradient[to][0] -= mass * by_r;
        result.gradient[to][1] -= mass * by_f;
    }
    require(std::isfinite(result.cost), "transport", "the cost of the plan", result.cost, "finite");
    return result;
}

} // namespace topoprune::detail
