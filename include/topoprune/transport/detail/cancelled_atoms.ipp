// SPDX-License-Identifier: MIT
#pragma once

#include "cancelled_atoms.hpp"

#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<transport_move> cancel_equal_grades(signed_measure& measure) {
    std::vector<std::size_t> order(measure.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(measure[a].f, measure[a].r, a) < std::tie(measure[b].f, measure[b].r, b);
    });
    std::vector<transport_move> cancelled;
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        const atom& first = measure[order[begin]];
        for (end = begin + 1;
             end < order.size() && measure[order[end]].r == first.r && measure[order[end]].f == first.f;)
            ++end;
        std::size_t from = begin;
        std::size_t to = begin;
        for (;;) {
            while (from < end && measure[order[from]].mass <= 0)
                ++from;
            while (to < end && measure[order[to]].mass >= 0)
                ++to;
            if (from == end || to == end)
                break;
            atom& source = measure[order[from]];
            atom& sink = measure[order[to]];
            const auto mass = static_cast<std::int32_t>(
                std::min<std::int64_t>(source.mass, -static_cast<std::int64_t>(sink.mass)));
            source.mass -= mass;
            sink.mass += mass;
            cancelled.push_back(
                {static_cast<std::int64_t>(order[from]), static_cast<std::int64_t>(order[to]), mass});
        }
    }
    return cancelled;
}

} // namespace topoprune::detail
