// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "split_atoms.hpp"

#include <cstdint>
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

    TOPOPRUNE_DECLARE explicit remaining_mass(const split_atoms& atoms);

    /// With the sinks numbered after the sources.
    [[nodiscard]] std::int64_t at_node(std::int32_t v) const {
        const auto i = static_cast<std::size_t>(v);
        return i < sources.size() ? sources[i] : sinks[i - sources.size()];
    }

    /// Moves as much as both ends still have, and writes it down unless it is nothing.
    TOPOPRUNE_DECLARE void move(std::size_t from, std::size_t to, std::vector<indexed_move>& moves);
};

/// Moves the masses of sources [source, source_end) onto sinks [sink, sink_end), least to least, until one
/// side is used up (the north-west corner rule). On a line, and for a cost that is convex in the
/// displacement, this is optimal. O(sources + sinks).
TOPOPRUNE_DECLARE void move_in_order(std::size_t source, std::size_t source_end, std::size_t sink,
                                     std::size_t sink_end, remaining_mass& remaining,
                                     std::vector<indexed_move>& moves);

/// Moves what each row can move within itself, in the order of r.
TOPOPRUNE_DECLARE void move_within_rows(const split_atoms& atoms, remaining_mass& remaining,
                                        std::vector<indexed_move>& moves);

/// The moves of each node of a forest (sources, then sinks, `nodes` of them), by their numbers.
class forest_adjacency {
public:
    TOPOPRUNE_DECLARE forest_adjacency(std::span<const indexed_move> moves, std::int32_t sources,
                                       std::int32_t nodes);

    [[nodiscard]] std::span<const std::int32_t> operator[](std::int32_t v) const {
        const auto at = static_cast<std::size_t>(v);
        return std::span(moves_).subspan(begins_[at], begins_[at + 1] - begins_[at]);
    }

private:
    std::vector<std::size_t> begins_;
    std::vector<std::int32_t> moves_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "planar_moves.ipp"
#endif
