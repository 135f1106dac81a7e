// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/execution.hpp"
#include "../../homology/principal_persistence.hpp"
#include "../../transport/detail/network_simplex.hpp"
#include "../../transport/detail/planar_moves.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <vector>

namespace topoprune::detail {

/// The optimal coupling of two principal persistence measures. Masses are whole: with N and M samples and L
/// their least common multiple, a pair of the first has L / N, one of the second L / M. Source and sink
/// number pairs.size() are the trivial point, where the trivial samples lie.
class principal_matching {
public:
    principal_matching(const principal_measure& measure, const principal_measure& target, double power)
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

    struct distance_and_slope {
        double distance = 0;
        /// By the birth and the lifetime of the source.
        std::array<double, 2> slope{};
    };

    [[nodiscard]] distance_and_slope distance(std::size_t source, std::size_t sink) const {
        const bool from_pair = source < measure_.pairs.size();
        const bool to_pair = sink < target_.pairs.size();
        if (!to_pair)
            return from_pair ? distance_and_slope{measure_.pairs[source].lifetime, {0, 1}}
                             : distance_and_slope{};
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

    /// The share of all mass.
    [[nodiscard]] double share(std::int64_t mass) const {
        return static_cast<double>(mass) / static_cast<double>(total_);
    }

    /// An optimal plan.
    [[nodiscard]] std::vector<indexed_move> moves(const execution& where) const {
        return births_equal() ? moves_on_line() : moves_in_plane(where);
    }

private:
    using arc = network_simplex::arc;

    [[nodiscard]] std::size_t trivial_source() const { return measure_.pairs.size(); }
    [[nodiscard]] std::size_t trivial_sink() const { return target_.pairs.size(); }

    [[nodiscard]] bool births_equal() const {
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

    /// Lifetimes on a line, on which the trivial point lies at 0: in order is optimal.
    [[nodiscard]] std::vector<indexed_move> moves_on_line() const {
        const auto order_of = [](const principal_measure& one) {
            std::vector<std::size_t> order(one.pairs.size() + 1);
            std::iota(order.begin(), order.end(), std::size_t{0});
            const auto place = [&](std::size_t i) {
                return i < one.pairs.size() ? one.pairs[i].lifetime : 0.0;
            };
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

    /// The network simplex from the plan that sends every pair to the trivial point. All arcs are priced
    /// until none has a negative reduced cost, which proves the plan optimal.
    [[nodiscard]] std::vector<indexed_move> moves_in_plane(const execution& where) const {
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
            const double d =
                distance(static_cast<std::size_t>(source), static_cast<std::size_t>(sink)).distance;
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

    /// The arcs from a source with the most negative reduced costs, at most 8.
    template <class Cost>
    [[nodiscard]] static std::vector<arc> violated_arcs(std::int32_t source, std::int32_t sources,
                                                        std::int32_t sinks, const Cost& cost,
                                                        const network_simplex& solver) {
        constexpr std::size_t most = 8;
        std::vector<std::tuple<std::int64_t, std::int32_t, std::int64_t>> found;
        for (std::int32_t sink = 0; sink < sinks; ++sink) {
            const std::int64_t price = cost(source, sink);
            const std::int64_t reduced =
                price + solver.source_potential(source) - solver.sink_potential(sink);
            if (reduced < 0)
                found.emplace_back(reduced, sink, price);
        }
        const std::size_t kept = std::min(most, found.size());
        std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end());
        std::vector<arc> arcs;
        for (std::size_t k = 0; k < kept; ++k)
            arcs.push_back({source, sources + std::get<1>(found[k]), std::get<2>(found[k])});
        return arcs;
    }

    [[nodiscard]] std::int64_t trivial_mass(const principal_measure& one) const {
        return one.trivial_samples() * (total_ / one.samples);
    }

    [[nodiscard]] remaining_mass masses() const {
        remaining_mass mass{split_atoms{}};
        mass.sources.assign(measure_.pairs.size(), total_ / measure_.samples);
        mass.sources.push_back(trivial_mass(measure_));
        mass.sinks.assign(target_.pairs.size(), total_ / target_.samples);
        mass.sinks.push_back(trivial_mass(target_));
        return mass;
    }

    const principal_measure& measure_;
    const principal_measure& target_;
    double power_;
    std::int64_t total_ = 1;
};

} // namespace topoprune::detail
