// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "weighted_graph.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// One direction of an edge, its ends being places in a block_tournament. 12 bytes.
struct placed_edge {
    std::int32_t head = 0;
    std::int32_t tail = 0;
    float weight = 0;
};

/// A schedule by which many threads may move both ends of every edge of a graph, without locks and with the
/// same result for any number of threads (the strata of Gemulla et al. 2011, for a graph).
///
/// The vertices are dealt like cards to P blocks: vertex i to block i mod P, so that sorted input fills the
/// blocks evenly; the vertices of a block get consecutive places. In round r block a meets block
/// (r - a) mod P: the meetings of one round touch different blocks and may run at once, and P rounds let
/// every block meet every other and itself. A meeting holds all edges between its two blocks, in both
/// directions and in a fixed order. 12 bytes per edge, O(edges + P^2).
class block_tournament {
public:
    explicit block_tournament(const weighted_graph& graph)
        : vertices_(graph.vertices()), blocks_(std::clamp<std::int64_t>(vertices_ / 64, 1, most_blocks)) {
        std::vector<std::int64_t> meeting_of(static_cast<std::size_t>(blocks_ * blocks_));
        std::int64_t meetings = 0;
        for (std::int64_t round = 0; round < blocks_; ++round) {
            for (std::int64_t a = 0; a < blocks_; ++a) {
                const std::int64_t b = (round - a + blocks_) % blocks_;
                if (a > b)
                    continue;
                meeting_of[static_cast<std::size_t>(a * blocks_ + b)] = meetings;
                meeting_of[static_cast<std::size_t>(b * blocks_ + a)] = meetings;
                ++meetings;
            }
            rounds_.push_back(meetings);
        }

        // Counting sort of the edges by meeting; within one, by place of the head and order in its row.
        const auto meeting = [&](std::int64_t head, std::int64_t tail) {
            return static_cast<std::size_t>(
                meeting_of[static_cast<std::size_t>(head % blocks_ * blocks_ + tail % blocks_)]);
        };
        begins_.assign(static_cast<std::size_t>(meetings) + 1, 0);
        for (std::int64_t i = 0; i < vertices_; ++i)
            for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
                ++begins_[meeting(i, graph.target(edge)) + 1];
        for (std::size_t m = 1; m < begins_.size(); ++m)
            begins_[m] += begins_[m - 1];
        edges_.resize(static_cast<std::size_t>(graph.edges()));
        std::vector<std::int64_t> next(begins_.begin(), begins_.end() - 1);
        for (std::int64_t block = 0; block < blocks_; ++block)
            for (std::int64_t i = block; i < vertices_; i += blocks_)
                for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
                    edges_[static_cast<std::size_t>(next[meeting(i, graph.target(edge))]++)] = {
                        static_cast<std::int32_t>(place(i)),
                        static_cast<std::int32_t>(place(graph.target(edge))), graph.weight(edge)};
    }

    [[nodiscard]] std::int64_t vertices() const { return vertices_; }

    /// Where vertex i lies among all, block by block.
    [[nodiscard]] std::int64_t place(std::int64_t i) const {
        const std::int64_t block = i % blocks_, long_blocks = vertices_ % blocks_;
        return block * (vertices_ / blocks_) + std::min(block, long_blocks) + i / blocks_;
    }

    /// Every edge once: meet(first, edges) for each meeting, round after round, the meetings of a round in
    /// parallel; `first` numbers the first of its edges among all.
    template <class Meet>
    void play(const execution& where, const Meet& meet) const {
        std::int64_t played = 0;
        for (const std::int64_t end_of_round : rounds_) {
            where.parallel_for(end_of_round - played, [&](std::int64_t task) {
                const auto m = static_cast<std::size_t>(played + task);
                if (begins_[m] < begins_[m + 1])
                    meet(begins_[m], std::span(edges_).subspan(
                                         static_cast<std::size_t>(begins_[m]),
                                         static_cast<std::size_t>(begins_[m + 1] - begins_[m])));
            });
            played = end_of_round;
        }
    }

private:
    static constexpr std::int64_t most_blocks = 64;

    std::int64_t vertices_;
    std::int64_t blocks_;
    std::vector<std::int64_t> rounds_; // number of meetings up to the end of each round
    std::vector<std::int64_t> begins_; // first edge of each meeting
    std::vector<placed_edge> edges_;
};

} // namespace topoprune::detail
