// SPDX-License-Identifier: MIT
#pragma once

#include "block_tournament.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE block_tournament::block_tournament(const weighted_graph& graph)
    : vertices_(graph.vertices()), blocks_(std::clamp<std::int64_t>(vertices_ / 64, 1, most_blocks)) {
    std::vector<std::int64_t> meeting_of(static_cast<std::size_t>(blocks_ * blocks_), 0);
    for (std::int64_t round = 0; round < blocks_; ++round) {
        for (std::int64_t a = 0; a < blocks_; ++a) {
            const std::int64_t b = (round - a + blocks_) % blocks_;
            if (a > b)
                continue;
            meeting_of[static_cast<std::size_t>(a * blocks_ + b)] = meetings_;
            meeting_of[static_cast<std::size_t>(b * blocks_ + a)] = meetings_;
            ++meetings_;
        }
        rounds_.push_back(meetings_);
    }

    // Counting sort of the edges by leg and meeting; within one, by place of the head and order in its
    // row.
    const auto slot = [&](std::int64_t head, std::int64_t tail) {
        const std::int64_t a = head % blocks_, b = tail % blocks_;
        const bool returns = a != b ? a > b : head > tail;
        return static_cast<std::size_t>(meeting_of[static_cast<std::size_t>(a * blocks_ + b)] +
                                        (returns ? meetings_ : 0));
    };
    begins_.assign(static_cast<std::size_t>(2 * meetings_) + 1, 0);
    for (std::int64_t i = 0; i < vertices_; ++i)
        for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
            ++begins_[slot(i, graph.target(edge)) + 1];
    for (std::size_t m = 1; m < begins_.size(); ++m)
        begins_[m] += begins_[m - 1];
    edges_.resize(static_cast<std::size_t>(graph.edges()));
    std::vector<std::int64_t> next(begins_.begin(), begins_.end() - 1);
    for (std::int64_t block = 0; block < blocks_; ++block)
        for (std::int64_t i = block; i < vertices_; i += blocks_)
            for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
                edges_[static_cast<std::size_t>(next[slot(i, graph.target(edge))]++)] = {
                    static_cast<std::int32_t>(place(i)), static_cast<std::int32_t>(place(graph.target(edge))),
                    graph.weight(edge)};
    for (std::size_t m = 0; m + 1 < begins_.size(); ++m)
        spread_heads(begins_[m], begins_[m + 1]);
}

TOPOPRUNE_DEFINE void block_tournament::spread_heads(std::int64_t begin, std::int64_t end) {
    constexpr std::int64_t runs = 32;
    const std::vector<placed_edge> sorted(edges_.begin() + begin, edges_.begin() + end);
    const auto size = static_cast<std::int64_t>(sorted.size()), length = (size + runs - 1) / runs;
    auto next = edges_.begin() + begin;
    for (std::int64_t at = 0; at < length; ++at)
        for (std::int64_t from = at; from < size; from += length)
            *next++ = sorted[static_cast<std::size_t>(from)];
}

} // namespace topoprune::detail
