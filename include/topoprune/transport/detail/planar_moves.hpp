// SPDX-License-Identifier: MIT
#pragma once

#include "split_atoms.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

/// Feasible plans by simple rules, and what they leave over. Every move uses up its source or its sink, so
/// the moves of a plan are a forest.
namespace topoprune::detail {

/// A mass that moves from sources[from] to sinks[to] of split_atoms.
struct indexed_move {
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::int64_t mass = 0;
};

/// What has not been moved yet.
struct remaining_mass {
    std::vector<std::int64_t> sources;
    std::vector<std::int64_t> sinks;

    explicit remaining_mass(const split_atoms& atoms) {
        for (const weighted_point& source : atoms.sources)
            sources.push_back(source.mass);
        for (const weighted_point& sink : atoms.sinks)
            sinks.push_back(sink.mass);
    }

    /// With the sinks numbered after the sources.
    [[nodiscard]] std::int64_t at_node(std::int32_t v) const {
        const auto i = static_cast<std::size_t>(v);
        return i < sources.size() ? sources[i] : sinks[i - sources.size()];
    }

    /// Moves as much as both ends still have, and writes it down unless it is nothing.
    void move(std::size_t from, std::size_t to, std::vector<indexed_move>& moves) {
        const std::int64_t mass = std::min(sources[from], sinks[to]);
        if (mass == 0)
            return;
        sources[from] -= mass;
        sinks[to] -= mass;
        moves.push_back({static_cast<std::int32_t>(from), static_cast<std::int32_t>(to), mass});
    }
};

/// Moves the masses of sources [source, source_end) onto sinks [sink, sink_end), least to least, until one
/// side is used up (the north-west corner rule). On a line, and for a cost that is convex in the
/// displacement, this is optimal. O(sources + sinks).
inline void move_in_order(std::size_t source, std::size_t source_end, std::size_t sink, std::size_t sink_end,
                          remaining_mass& remaining, std::vector<indexed_move>& moves) {
    while (source < source_end && sink < sink_end) {
        remaining.move(source, sink, moves);
        if (remaining.sources[source] == 0)
            ++source;
        else
            ++sink;
    }
}

/// Moves what each row can move within itself, in the order of r.
inline void move_within_rows(const split_atoms& atoms, remaining_mass& remaining,
                             std::vector<indexed_move>& moves) {
    for_each_row(atoms,
                 [&](std::size_t source, std::size_t source_end, std::size_t sink, std::size_t sink_end) {
                     move_in_order(source, source_end, sink, sink_end, remaining, moves);
                 });
}

/// The moves of each node of a forest (sources, then sinks, `nodes` of them), by their numbers.
class forest_adjacency {
public:
    forest_adjacency(std::span<const indexed_move> moves, std::int32_t sources, std::int32_t nodes)
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

    [[nodiscard]] std::span<const std::int32_t> operator[](std::int32_t v) const {
        const auto at = static_cast<std::size_t>(v);
        return std::span(moves_).subspan(begins_[at], begins_[at + 1] - begins_[at]);
    }

private:
    std::vector<std::size_t> begins_;
    std::vector<std::int32_t> moves_;
};

} // namespace topoprune::detail
