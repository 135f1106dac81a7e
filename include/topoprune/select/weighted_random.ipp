// SPDX-License-Identifier: MIT
#pragma once

#include "weighted_random.hpp"

#include "detail/draw_by_class.hpp"

#include <cmath>
#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE selection weighted_random::select(const selection_problem& problem,
                                                   const execution& where) const {
    for (const double score : problem.scores)
        require(score >= 0, "weighted_random", "a score", score, "a weight, at least 0");
    const random_stream random(where.seed(), stream);
    return detail::draw_by_class(problem, "weighted_random", where, [&](const detail::class_draw& draw) {
        const auto wait = [&](std::int64_t i) {
            const auto id = static_cast<std::uint64_t>(problem.id(i));
            // In logarithms: a tiny weight must not make an infinite wait.
            const double log_wait = std::log(-std::log1p(-random.uniform(id)));
            return draw.score(i) > 0
                       ? std::pair(0, std::isfinite(log_wait) ? log_wait - std::log(draw.score(i))
                                                              : -std::numeric_limits<double>::max())
                       : std::pair(1, random.uniform(id));
        };
        std::vector<std::int64_t> order = draw.members;
        detail::sort_with_random_ties(order, problem, where, wait);
        return order;
    });
}

} // namespace topoprune
