// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// An optimal assignment of points on a line to points on a line or to nothing: pair_cost(i, j) is convex in
/// the difference of source i and sink j, both numbered along the line, so that some optimal assignment does
/// not cross. Then the least cost of the first i sources and j sinks is
///
///     least(i, j) = min(least(i - 1, j - 1) + pair_cost(i, j), least(i - 1, j) + source_cost(i),
///                       least(i, j - 1) + sink_cost(j)),
///
/// ties in this order. Returns the pairs, the last first.
///
/// Cost: 2 s t evaluations of pair_cost for s sources and t sinks; 16 t sqrt(s) bytes, as only every
/// sqrt(s)-th row of the table is kept and the rows between are made again.
template <class PairCost>
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>>
assign_on_line(const std::vector<double>& source_cost, const std::vector<double>& sink_cost,
               PairCost pair_cost, const execution& where) {
    const std::size_t sources = source_cost.size();
    const std::size_t sinks = sink_cost.size();
    using row = std::vector<double>;
    const auto next_row = [&](const row& before, std::size_t i) {
        where.check_interruption();
        row least(sinks + 1);
        least[0] = before[0] + source_cost[i];
        for (std::size_t j = 0; j < sinks; ++j)
            least[j + 1] = std::min(
                {before[j] + pair_cost(i, j), before[j + 1] + source_cost[i], least[j] + sink_cost[j]});
        return least;
    };

    row first(sinks + 1, 0.0);
    for (std::size_t j = 0; j < sinks; ++j)
        first[j + 1] = first[j] + sink_cost[j];
    const auto step =
        std::max<std::size_t>(1, static_cast<std::size_t>(std::sqrt(static_cast<double>(sources))));
    std::vector<row> kept{first}; // the rows 0, step, 2 step, ...
    row last = first;
    for (std::size_t i = 0; i < sources; ++i) {
        last = next_row(last, i);
        if ((i + 1) % step == 0)
            kept.push_back(last);
    }

    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::size_t i = sources, j = sinks;
    while (i > 0) {
        const std::size_t begin = (i - 1) / step * step;
        std::vector<row> rows{kept[begin / step]}; // from row `begin` to row i
        for (std::size_t k = begin; k < i; ++k)
            rows.push_back(next_row(rows.back(), k));
        while (i > begin) {
            const row& here = rows[i - begin];
            const row& before = rows[i - begin - 1];
            if (j > 0 && here[j] == before[j - 1] + pair_cost(i - 1, j - 1))
                pairs.emplace_back(--i, --j);
            else if (here[j] == before[j] + source_cost[i - 1])
                --i;
            else
                --j;
        }
    }
    return pairs;
}

} // namespace topoprune::detail
