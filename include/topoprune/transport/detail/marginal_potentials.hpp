// SPDX-License-Identifier: MIT
#pragma once

#include "quantized_cost.hpp"
#include "split_atoms.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <vector>

namespace topoprune::detail {

/// Optimal potentials of the transport of the r-marginal: one for each source, then one for each sink, all
/// within the largest cost. The optimal plan on a line keeps the order, so it is a staircase of pairs, and
/// its potentials are those that make every pair of the staircase tight.
///
/// They are feasible in the plane as well, where a cost is never smaller, and their value there is the
/// marginal lower bound: within a few percent of the optimum for the degree-1 measure of a bifiltered complex
/// and a norm. O(n log n).
template <GroundNorm Norm>
[[nodiscard]] std::vector<std::int64_t> marginal_potentials(const split_atoms& atoms,
                                                            const quantized_cost<Norm>& costs) {
    const auto in_order = [](const std::vector<weighted_point>& points) {
        std::vector<std::size_t> order(points.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return std::tie(points[a].r, a) < std::tie(points[b].r, b);
        });
        return order;
    };
    const std::vector<std::size_t> sources = in_order(atoms.sources);
    const std::vector<std::size_t> sinks = in_order(atoms.sinks);
    std::vector<std::int64_t> potentials(sources.size() + sinks.size(), 0);
    std::size_t i = 0;
    std::size_t j = 0;
    const auto at_source = [&]() -> std::int64_t& { return potentials[sources[i]]; };
    const auto at_sink = [&]() -> std::int64_t& { return potentials[sources.size() + sinks[j]]; };
    const auto cost = [&] { return costs.along_r(sources[i], sinks[j]); };
    at_sink() = cost();
    // The masses up to and with source i, less those up to and with sink j.
    std::int64_t ahead = atoms.sources[sources[0]].mass - atoms.sinks[sinks[0]].mass;
    while (i + 1 < sources.size() || j + 1 < sinks.size()) {
        if (j + 1 == sinks.size() || (ahead <= 0 && i + 1 < sources.size())) {
            const std::int64_t tight = at_sink();
            ++i;
            at_source() = tight - cost();
            ahead += atoms.sources[sources[i]].mass;
        } else {
            const std::int64_t tight = at_source();
            ++j;
            at_sink() = tight + cost();
            ahead -= atoms.sinks[sinks[j]].mass;
        }
    }
    for (std::int64_t& p : potentials)
        p = std::clamp(p, -costs.largest(), costs.largest());
    return potentials;
}

} // namespace topoprune::detail
