// SPDX-License-Identifier: MIT
#pragma once

#include "sliced_transport.hpp"

namespace topoprune {

template <GroundNorm Norm>
transport_result sliced_transport<Norm>::to_zero(const signed_measure& measure,
                                                 const execution& where) const {
    return detail::move_closed(measure, corner, "sliced_transport::to_zero",
                               [&](const signed_measure& closed) { return slice(closed, where); });
}

template <GroundNorm Norm>
transport_result sliced_transport<Norm>::slice(const signed_measure& measure, const execution& where) const {
    require(n_directions >= 1, "sliced_transport::to_zero", "n_directions", n_directions, "at least 1");
    const detail::split_atoms atoms = detail::split_by_sign(measure, "sliced_transport::to_zero");
    transport_result result;
    result.gradient.assign(measure.size(), {0.0, 0.0});
    constexpr int at_once = 8;
    std::vector<slice_result> slices(at_once);
    for (int begin = 0; begin < n_directions; begin += at_once) {
        const int count = std::min(at_once, n_directions - begin);
        where.parallel_for(count, [&](std::int64_t k) {
            where.check_interruption();
            slices[static_cast<std::size_t>(k)] =
                along(direction(begin + static_cast<int>(k), where), atoms, measure.size());
        });
        for (int k = 0; k < count; ++k) {
            const auto [by_r, by_f] = direction(begin + k, where);
            const slice_result& one = slices[static_cast<std::size_t>(k)];
            result.cost += one.cost;
            for (std::size_t i = 0; i < measure.size(); ++i) {
                result.gradient[i][0] += one.derivative[i] * by_r;
                result.gradient[i][1] += one.derivative[i] * by_f;
            }
        }
    }
    require(std::isfinite(result.cost), "sliced_transport::to_zero", "the sum of the costs", result.cost,
            "finite");
    result.cost /= n_directions;
    for (auto& [by_r, by_f] : result.gradient) {
        by_r /= n_directions;
        by_f /= n_directions;
    }
    result.lower_bound = std::min(result.cost, marginal_lower_bound(measure, norm));
    return result;
}

template <GroundNorm Norm>
std::array<double, 2> sliced_transport<Norm>::direction(int k, const execution& where) const {
    const double turn = evenly_spaced
                            ? (k + 0.5) / n_directions
                            : random_stream(where.seed(), stream).uniform(static_cast<std::uint64_t>(k));
    return {std::cos(std::numbers::pi * turn), std::sin(std::numbers::pi * turn)};
}

template <GroundNorm Norm>
auto sliced_transport<Norm>::along(std::array<double, 2> direction, const detail::split_atoms& atoms,
                                   std::size_t size) const -> slice_result {
    detail::split_atoms on_line = atoms; // r is the place on the line, f is not used
    for (auto* side : {&on_line.sources, &on_line.sinks}) {
        for (detail::weighted_point& p : *side)
            p.r = multiply_add(p.r, direction[0], p.f * direction[1]);
        std::sort(side->begin(), side->end(),
                  [](const detail::weighted_point& a, const detail::weighted_point& b) {
                      return std::tie(a.r, a.id) < std::tie(b.r, b.id);
                  });
    }
    detail::remaining_mass remaining(on_line);
    std::vector<detail::indexed_move> moves;
    detail::move_in_order(0, on_line.sources.size(), 0, on_line.sinks.size(), remaining, moves);
    slice_result result;
    result.derivative.assign(size, 0.0);
    for (const detail::indexed_move& m : moves) {
        const detail::weighted_point& from = on_line.sources[static_cast<std::size_t>(m.from)];
        const detail::weighted_point& to = on_line.sinks[static_cast<std::size_t>(m.to)];
        const auto mass = static_cast<double>(m.mass);
        result.cost += mass * norm.cost(from.r - to.r, 0.0);
        const double by_t = mass * norm.derivative(from.r - to.r, 0.0)[0];
        result.derivative[static_cast<std::size_t>(from.id)] += by_t;
        result.derivative[static_cast<std::size_t>(to.id)] -= by_t;
    }
    return result;
}

} // namespace topoprune
