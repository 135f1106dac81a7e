// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "../difference.hpp"
#include "../transport.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <vector>

namespace topoprune::detail {

/// Cancels positive against negative mass at equal grades, in the order of the atoms, and returns what was
/// cancelled as moves that go nowhere. Atoms keep their places; one that is cancelled whole has mass 0 left.
/// O(n log n).
[[nodiscard]] inline std::vector<transport_move> cancel_equal_grades(signed_measure& measure) {
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

/// The transport between two measures by that to zero: equal atoms cancel, then policy.to_zero(what is left
/// of mu - nu). The gradient has the atoms of mu first, then those of nu. A plan, if there is one, gets the
/// cancelled masses as well.
template <MovesSignedMeasure Policy>
[[nodiscard]] transport_result move_between(const Policy& policy, const signed_measure& mu,
                                            const signed_measure& nu, const execution& where) {
    signed_measure rest = difference(mu, nu);
    const std::vector<transport_move> cancelled = cancel_equal_grades(rest);
    transport_result result = policy.to_zero(rest, where);
    const bool has_plan = !result.plan.empty() ||
                          std::all_of(rest.begin(), rest.end(), [](const atom& a) { return a.mass == 0; });
    if (has_plan && !cancelled.empty()) {
        result.plan.insert(result.plan.end(), cancelled.begin(), cancelled.end());
        std::sort(result.plan.begin(), result.plan.end(),
                  [](const transport_move& a, const transport_move& b) {
                      return std::tie(a.from, a.to) < std::tie(b.from, b.to);
                  });
    }
    return result;
}

} // namespace topoprune::detail
