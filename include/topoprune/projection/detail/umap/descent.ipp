// SPDX-License-Identifier: MIT
#pragma once

#include "descent.hpp"

#include "edge_clock.hpp"

#include <bit>

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE void find_due_edges(const layout_epoch& epoch, std::int64_t first,
                                                 std::span<const placed_edge> edges,
                                                 edge_columns<edges_at_once>& due) {
    std::array<std::uint8_t, edges_at_once> is_due;
    std::array<std::uint32_t, edges_at_once + 1> number;
    std::array<double, edges_at_once> rate;
    for (std::size_t i = 0; i < edges.size(); ++i)
        is_due[i] = is_sampled(edges[i].weight * epoch.rate_of_weight, epoch.number);
    std::size_t count = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        number[count] = static_cast<std::uint32_t>(i);
        count += is_due[i];
    }
    due.size = count;
    for (std::size_t s = 0; s < count; ++s) {
        const placed_edge& edge = edges[number[s]];
        due.head[s] = edge.head;
        due.tail[s] = edge.tail;
        rate[s] = edge.weight * epoch.rate_of_weight;
    }
    for (std::size_t s = 0; s < count; ++s)
        due.negatives[s] = count_negative_samples(rate[s], epoch.number, epoch.negative_sample_rate);
    for (std::size_t s = 0; s < count; ++s) {
        const std::uint64_t bits = epoch.random.bits(static_cast<std::uint64_t>(first) + number[s]);
        due.base[s] = static_cast<std::uint32_t>(bits);
        due.stride[s] = static_cast<std::uint32_t>(bits >> 32) | 1U;
    }
}

} // namespace topoprune::detail
