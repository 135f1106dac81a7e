// SPDX-License-Identifier: MIT
#pragma once

#include "coverage_centric.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE selection coverage_centric::select(const selection_problem& problem,
                                                    const execution& where) const {
    require(skipped_hardest >= 0 && skipped_hardest < 1, "coverage_centric", "skipped_hardest",
            skipped_hardest, "at least 0 and below 1");
    require(strata >= 1, "coverage_centric", "strata", strata, "at least 1");
    const double sign = sign_of_difficulty(problem.high, "coverage_centric");
    const random_stream random(where.seed(), stream);
    std::vector<std::int32_t> stratum(problem.scores.size(), -1);
    selection result =
        detail::draw_by_class(problem, "coverage_centric", where, [&](const detail::class_draw& draw) {
            std::vector<std::int64_t> order = draw.members;
            detail::sort_with_random_ties(order, problem, where,
                                          [&](std::int64_t i) { return -sign * draw.score(i); });
            const auto skipped =
                static_cast<std::ptrdiff_t>(std::floor(skipped_hardest * static_cast<double>(order.size())));
            std::vector<std::int64_t> left;
            std::int64_t chosen_and_skipped = 0;
            for (std::ptrdiff_t at = 0; at < std::ssize(order); ++at)
                if (at >= skipped)
                    left.push_back(order[static_cast<std::size_t>(at)]);
                else
                    chosen_and_skipped += problem.is_chosen(order[static_cast<std::size_t>(at)]);
            const std::vector<std::int32_t> places = detail::strata_of(
                left, strata, stratum_cut::equal_width, [&](std::int64_t i) { return draw.score(i); });
            for (std::size_t at = 0; at < left.size(); ++at)
                stratum[static_cast<std::size_t>(left[at])] = places[at];
            std::vector<std::int64_t> taken = detail::take_from_strata(
                draw, left, places, strata,
                std::min<std::int64_t>(draw.budget - chosen_and_skipped, std::ssize(left)),
                stratum_draw::random, random, where);
            for (std::ptrdiff_t at = skipped; at > 0; --at)
                taken.push_back(order[static_cast<std::size_t>(at - 1)]);
            return taken;
        });
    result.stratum = std::move(stratum);
    return result;
}

} // namespace topoprune
