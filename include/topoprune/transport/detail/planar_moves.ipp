// SPDX-License-Identifier: MIT
#pragma once

#include "planar_moves.hpp"

#include <algorithm>
#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE remaining_mass::remaining_mass(const split_atoms& atoms) {
    for (const weighted_point& source : atoms.sources)
        sources.push_back(source.mass);
    for (const weighted_point& sink : atoms.sinks)
        sinks.push_back(sink.mass);
}

TOPOPRUNE_DEFINE void remaining_mass::move(std::size_t from, std::size_t to,
                                           std::vector<indexed_move>& moves) {
    const std::int64_t mass = std::min(sources[from], sinks[to]);
    if (mass == 0)
        return;
    sources[from] -= mass;
    sinks[to] -= mass;
    moves.push_back({static_cast<std::int32_t>(from), static_cast<std::int32_t>(to), mass});
}

TOPOPRUNE_DEFINE void move_in_order(std::size_t source, std::size_t source_end, std::size_t sink,
                                    std::size_t sink_end, remaining_mass& remaining,
                                    std::vector<indexed_move>& moves) {
    while (source < source_end && sink < sink_end) {
        remaining.move(source, sink, moves);
        if (remaining.sources[source] == 0)
            ++source;
        else
            ++sink;
    }
}

TOPOPRUNE_DEFINE void move_within_rows(const split_atoms& atoms, remaining_mass& remaining,
                                       std::vector<indexed_move>& moves) {
    for_each_row(atoms,
                 [&](std::size_t source, std::size_t source_end, std::size_t sink, std::size_t sink_end) {
                     move_in_order(source, source_end, sink, sink_end, remaining, moves);
                 });
}

TOPOPRUNE_DEFINE forest_adjacency::forest_adjacency(std::span<const indexed_move> moves, std::int32_t sources,
                                                    std::int32_t nodes)
    : begins_(static_cast<std::size_t>(nodes) + 1, 0), moves_(2 * moves.size()) {
    const auto for_each_end = [&](auto&& visit) {
        for (std::size_t i = 0; i < moves.size(); ++i) {
            visit(static_cast<std::size_t>(moves[i].from), i);
            visit(static_cast<std::size_t>(sources + moves[i].to), i);
        }
    };
    for_each_end([&](std::size_t v, std::size_t) { ++begins_[v + 1]; });
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
    for_each_end([&](std::size_t v, std::size_t i) { moves_[next[v]++] = static_cast<std::int32_t>(i); });
}

} // namespace topoprune::detail
