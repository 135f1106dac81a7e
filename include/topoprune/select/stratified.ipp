// SPDX-License-Identifier: MIT
#pragma once

#include "stratified.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE selection stratified::select(const selection_problem& problem,
                                              const execution& where) const {
    require(strata >= 1, "stratified", "strata", strata, "at least 1");
    require(least_budget_per_stratum >= 1, "stratified", "least_budget_per_stratum", least_budget_per_stratum,
            "at least 1");
    if (sees_features())
        require_features(problem, "stratified");
    const random_stream random(where.seed(), stream);
    std::vector<std::int32_t> stratum(problem.scores.size(), 0);
    selection result =
        detail::draw_by_class(problem, "stratified", where, [&](const detail::class_draw& of_class) {
            const std::int64_t count = strata_for(of_class.budget);
            const std::vector<std::int32_t> places = places_of(of_class, count);
            return detail::take_from_strata(of_class, of_class.members, places, count, of_class.budget, draw,
                                            random, where);
        });
    // The strata are told also of classes of which nothing, or nothing more, is drawn.
    for (std::int64_t c = 0; c < problem.classes.count(); ++c) {
        const auto members = problem.classes.members(c);
        const detail::class_draw of_class{
            problem, 0, {members.begin(), members.end()}, problem.budgets[static_cast<std::size_t>(c)]};
        const std::vector<std::int32_t> places = places_of(of_class, strata_for(of_class.budget));
        for (std::size_t at = 0; at < places.size(); ++at)
            stratum[static_cast<std::size_t>(members[at])] = places[at];
    }
    result.stratum = std::move(stratum);
    return result;
}

} // namespace topoprune
