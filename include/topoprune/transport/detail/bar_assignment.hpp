// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "all_pairs_pricing.hpp"
#include "bar_costs.hpp"
#include "line_assignment.hpp"
#include "network_simplex.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

/// The assignment of bars to bars or to the diagonal that costs least.
namespace topoprune::detail {

using index_pair = std::pair<std::size_t, std::size_t>;

/// The pairs of an optimal assignment of bars that are all born at once, in degree 0 for one: only deaths
/// differ, and they lie on a line.
template <class Costs>
[[nodiscard]] std::vector<index_pair> assign_by_death(const bars_to_assign<Costs>& bars,
                                                      const execution& where) {
    std::vector<std::size_t> sources = bars.sources, sinks = bars.sinks;
    std::stable_sort(sources.begin(), sources.end(),
                     [&](std::size_t a, std::size_t b) { return bars.from[a].death < bars.from[b].death; });
    std::stable_sort(sinks.begin(), sinks.end(),
                     [&](std::size_t a, std::size_t b) { return bars.to[a].death < bars.to[b].death; });
    const bars_to_assign<Costs> sorted{bars.costs, bars.from, sources, bars.to, sinks};
    std::vector<index_pair> pairs = assign_on_line(
        sorted.source_diagonal(), sorted.sink_diagonal(),
        [&](std::size_t i, std::size_t j) { return sorted.cost(i, j); }, where);
    for (auto& [i, j] : pairs)
        std::tie(i, j) = std::pair(sources[i], sinks[j]);
    return pairs;
}

/// The arcs for the worst pairs of every source whose reduced costs are negative. A pair that is farther from
/// each other than from the diagonal is never needed.
template <class Costs, class Whole>
[[nodiscard]] std::vector<network_simplex::arc>
violated_arcs(const bars_to_assign<Costs>& bars, const std::vector<double>& source_diagonal,
              const std::vector<double>& sink_diagonal, Whole whole, const network_simplex& solver,
              const execution& where) {
    std::vector<worst_pairs> worst(bars.sources.size());
    where.parallel_ranges(std::ssize(bars.sources), 16, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
            for (std::size_t j = 0; j < bars.sinks.size(); ++j) {
                const double cost = bars.cost(i, j);
                if (!(cost < source_diagonal[i] + sink_diagonal[j]))
                    continue;
                const auto reduced =
                    static_cast<double>(whole(cost) + solver.source_potential(static_cast<std::int64_t>(i)) -
                                        solver.sink_potential(static_cast<std::int64_t>(j)));
                if (reduced < worst[i].threshold())
                    worst[i].insert(static_cast<std::int32_t>(j), reduced);
            }
    });
    std::vector<network_simplex::arc> arcs;
    const auto first_sink = static_cast<std::int32_t>(bars.sources.size()) + 1;
    for (std::size_t i = 0; i < bars.sources.size(); ++i)
        for (const violated_pair& pair : worst[i].found())
            arcs.push_back({static_cast<std::int32_t>(i), first_sink + pair.sink,
                            whole(bars.cost(i, static_cast<std::size_t>(pair.sink)))});
    return arcs;
}

/// The pairs of an optimal assignment: a transport of one unit for every bar, in which the diagonal is one
/// more source, with a unit for every sink, and one more sink. All starts on the diagonal; pairs that would
/// cost less join until there is none.
template <class Costs>
[[nodiscard]] std::vector<index_pair> assign_in_plane(const bars_to_assign<Costs>& bars,
                                                      const execution& where) {
    const std::vector<double> source_diagonal = bars.source_diagonal();
    const std::vector<double> sink_diagonal = bars.sink_diagonal();
    const double largest = std::max(*std::max_element(source_diagonal.begin(), source_diagonal.end()),
                                    *std::max_element(sink_diagonal.begin(), sink_diagonal.end()));
    if (largest == 0)
        return {};
    // Whole numbers: a sum over all bars of twice the largest stays below 2^63.
    const auto count = static_cast<std::uint64_t>(bars.sources.size() + bars.sinks.size());
    const int bits = std::min(48, 60 - static_cast<int>(std::bit_width(count))) - std::ilogb(largest);
    const auto whole = [bits](double cost) { return std::llround(std::scalbn(cost, bits)); };

    const auto diagonal_source = static_cast<std::int32_t>(bars.sources.size());
    const auto diagonal_sink = static_cast<std::int32_t>(bars.sinks.size());
    std::vector<indexed_move> moves; // two stars
    std::vector<std::int64_t> move_costs;
    for (std::int32_t i = 0; i < diagonal_source; ++i) {
        moves.push_back({i, diagonal_sink, 1});
        move_costs.push_back(whole(source_diagonal[static_cast<std::size_t>(i)]));
    }
    for (std::int32_t j = 0; j < diagonal_sink; ++j) {
        moves.push_back({diagonal_source, j, 1});
        move_costs.push_back(whole(sink_diagonal[static_cast<std::size_t>(j)]));
    }
    split_atoms nodes;
    nodes.sources.resize(bars.sources.size() + 1);
    nodes.sinks.resize(bars.sinks.size() + 1);
    // The hub costs more than the diagonal, so nothing goes through it.
    network_simplex solver(moves, move_costs, remaining_mass(nodes), 2 * whole(largest) + 1);
    std::vector<network_simplex::arc> arcs{{diagonal_source, diagonal_source + 1 + diagonal_sink, 0}};
    do {
        solver.add_arcs(arcs);
        solver.solve(where);
        arcs = violated_arcs(bars, source_diagonal, sink_diagonal, whole, solver, where);
    } while (!arcs.empty());

    std::vector<index_pair> pairs;
    for (const indexed_move& m : solver.moves())
        if (m.from != diagonal_source && m.to != diagonal_sink)
            pairs.emplace_back(bars.sources[static_cast<std::size_t>(m.from)],
                               bars.sinks[static_cast<std::size_t>(m.to)]);
    return pairs;
}

/// The pairs (place in from, place in to) of an optimal assignment; all others go to the diagonal.
template <class Costs>
[[nodiscard]] std::vector<index_pair> assign_bars(const bars_to_assign<Costs>& bars, const execution& where) {
    if (bars.sources.empty() || bars.sinks.empty())
        return {};
    const double birth = bars.source(0).birth;
    const auto is_born_then = [birth](const barcode& code) {
        return [&code, birth](std::size_t i) { return code[i].birth == birth; };
    };
    if (std::all_of(bars.sources.begin(), bars.sources.end(), is_born_then(bars.from)) &&
        std::all_of(bars.sinks.begin(), bars.sinks.end(), is_born_then(bars.to)))
        return assign_by_death(bars, where);
    return assign_in_plane(bars, where);
}

} // namespace topoprune::detail
