// SPDX-License-Identifier: MIT
#pragma once

#include "principal_matching.hpp"

#include "../../core/checks.hpp"

#include <bit>
#include <cmath>
#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE principal_matching::principal_matching(const principal_measure& measure,
                                                        const principal_measure& target, double power)
    : measure_(measure), target_(target), power_(power) {
    for (const principal_measure* one : {&measure, &target})
        require(one->samples >= 1, "wasserstein_discrepancy", "samples", one->samples, "at least 1");
    const std::int64_t common = std::gcd(measure.samples, target.samples);
    constexpr std::int64_t most = std::int64_t{1} << 40;
    const std::int64_t multiple = target.samples / common;
    require(measure.samples <= most && multiple <= most / measure.samples, "wasserstein_discrepancy",
            "the least common multiple of the numbers of samples",
            static_cast<double>(measure.samples) * static_cast<double>(multiple), "at most 2^40");
    total_ = measure.samples * multiple;
}

TOPOPRUNE_DEFINE principal_matching::distance_and_slope principal_matching::distance(std::size_t source,
                                                                                     std::size_t sink) const {
    const bool from_pair = source < measure_.pairs.size();
    const bool to_pair = sink < target_.pairs.size();
    if (!to_pair)
        return from_pair ? distance_and_slope{measure_.pairs[source].lifetime, {0, 1}} : distance_and_slope{};
    const principal_pair& y = target_.pairs[sink];
    if (!from_pair)
        return {y.lifetime, {}};
    const principal_pair& x = measure_.pairs[source];
    const double db = x.birth - y.birth;
    const double dl = x.lifetime - y.lifetime;
    const double direct = std::hypot(db, dl);
    if (direct >= x.lifetime + y.lifetime)
        return {x.lifetime + y.lifetime, {0, 1}};
    if (direct == 0)
        return {};
    return {direct, {db / direct, dl / direct}};
}

TOPOPRUNE_DEFINE bool principal_matching::births_equal() const {
    const principal_pair* first = nullptr;
    for (const principal_measure* one : {&measure_, &target_})
        for (const principal_pair& pair : one->pairs) {
            if (first == nullptr)
                first = &pair;
            if (pair.birth != first->birth)
                return false;
        }
    return true;
}

TOPOPRUNE_DEFINE std::vector<indexed_move> principal_matching::moves_on_line() const {
    const auto order_of = [](const principal_measure& one) {
        std::vector<std::size_t> order(one.pairs.size() + 1);
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto place = [&](std::size_t i) { return i < one.pairs.size() ? one.pairs[i].lifetime : 0.0; };
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return std::tuple(place(a), a) < std::tuple(place(b), b);
        });
        return order;
    };
    const std::vector<std::size_t> sources = order_of(measure_);
    const std::vector<std::size_t> sinks = order_of(target_);
    remaining_mass remaining = masses();
    std::vector<indexed_move> plan;
    for (std::size_t i = 0, j = 0; i < sources.size() && j < sinks.size();) {
        remaining.move(sources[i], sinks[j], plan);
        if (remaining.sources[sources[i]] == 0)
            ++i;
        else
            ++j;
    }
    return plan;
}

TOPOPRUNE_DEFINE std::vector<indexed_move> principal_matching::moves_in_plane(const execution& where) const {
    remaining_mass remaining = masses();
    std::vector<indexed_move> start;
    for (std::size_t i = 0; i < trivial_source(); ++i)
        remaining.move(i, trivial_sink(), start);
    for (std::size_t j = 0; j <= trivial_sink(); ++j)
        remaining.move(trivial_source(), j, start);
    // The solver takes no nodes without mass: a trivial point without samples is left out.
    const auto drop_empty = [](std::vector<std::int64_t>& side, std::int64_t mass) {
        if (mass == 0)
            side.pop_back();
    };
    drop_empty(remaining.sources, trivial_mass(measure_));
    drop_empty(remaining.sinks, trivial_mass(target_));
    const auto sources = static_cast<std::int32_t>(remaining.sources.size());
    const auto sinks = static_cast<std::int32_t>(remaining.sinks.size());

    double largest = 0;
    for (const principal_measure* one : {&measure_, &target_})
        for (const principal_pair& pair : one->pairs)
            largest = std::max(largest, pair.lifetime);
    const auto scale_of = std::max(total_, static_cast<std::int64_t>(sources) + sinks + 1);
    const int bits =
        std::min(40, 60 - static_cast<int>(std::bit_width(static_cast<std::uint64_t>(scale_of))));
    // No distance exceeds two lifetimes.
    const double units = std::ldexp(1.0, bits);
    const auto cost = [&](std::int32_t source, std::int32_t sink) {
        const double d = distance(static_cast<std::size_t>(source), static_cast<std::size_t>(sink)).distance;
        return static_cast<std::int64_t>(std::nearbyint(units * std::pow(d / (2 * largest), power_)));
    };
    std::vector<std::int64_t> start_costs;
    for (const indexed_move& m : start)
        start_costs.push_back(cost(m.from, m.to));
    network_simplex solver(start, start_costs, remaining, static_cast<std::int64_t>(units) + 1);
    std::vector<std::vector<arc>> cheap(static_cast<std::size_t>(sources));
    std::vector<arc> more;
    do {
        solver.solve(where);
        where.parallel_ranges(sources, 16, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            for (std::int64_t i = begin; i < end; ++i)
                cheap[static_cast<std::size_t>(i)] =
                    violated_arcs(static_cast<std::int32_t>(i), sources, sinks, cost, solver);
        });
        more.clear();
        for (const auto& row : cheap)
            more.insert(more.end(), row.begin(), row.end());
        solver.add_arcs(more);
    } while (!more.empty());
    return solver.moves();
}

TOPOPRUNE_DEFINE remaining_mass principal_matching::masses() const {
    remaining_mass mass{split_atoms{}};
    mass.sources.assign(measure_.pairs.size(), total_ / measure_.samples);
    mass.sources.push_back(trivial_mass(measure_));
    mass.sinks.assign(target_.pairs.size(), total_ / target_.samples);
    mass.sinks.push_back(trivial_mass(target_));
    return mass;
}

} // namespace topoprune::detail
