// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"

#include <cmath>
#include <limits>

namespace topoprune {

/// Draws of each class without replacement, each time in proportion to the scores of those that are left:
/// sample i waits for -log(u_i) / score_i, and the first to come are kept (Efraimidis, Spirakis 2006). Scores
/// are weights, >= 0, with a high end that is kept or `unstated`; those of weight 0 come last, at random. The
/// larger of two budgets contains the smaller. O(n log n).
struct weighted_random {
    [[nodiscard]] constexpr bool sees_features() const { return false; }

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
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
            detail::sort_by_key(order, problem, wait);
            return order;
        });
    }

private:
    static constexpr std::uint64_t stream = 0x57454947485445ULL;
};

static_assert(Selector<weighted_random>);

} // namespace topoprune
