// SPDX-License-Identifier: MIT
#pragma once

#include "selector.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE void check_selection_problem(const selection_problem& problem, std::string_view function) {
    require(std::ssize(problem.scores) == problem.classes.samples(), function, "the number of scores",
            problem.scores.size(), "the number of samples,", problem.classes.samples());
    require(std::ssize(problem.budgets) == problem.classes.count(), function, "the number of budgets",
            problem.budgets.size(), "the number of classes,", problem.classes.count());
    const auto n = static_cast<std::size_t>(problem.classes.samples());
    require(problem.chosen.empty() || problem.chosen.size() == n, function, "the number of chosen flags",
            problem.chosen.size(), "0 or the number of samples,", n);
    require(problem.ids.empty() || problem.ids.size() == n, function, "the number of ids", problem.ids.size(),
            "0 or the number of samples,", n);
    require(problem.uncertainty.empty() || problem.uncertainty.size() == n, function,
            "the number of uncertainties", problem.uncertainty.size(), "0 or the number of samples,", n);
    for (const double value : problem.uncertainty)
        require(value >= 0 && std::isfinite(value), function, "an uncertainty", value,
                "at least 0 and finite");
    for (std::int64_t c = 0; c < problem.classes.count(); ++c) {
        const std::int64_t class_budget = problem.budgets[static_cast<std::size_t>(c)];
        require(class_budget >= 0 && class_budget <= problem.classes.size(c), function, "a class budget",
                class_budget, "at least 0 and at most the size of the class,", problem.classes.size(c));
        const auto members = problem.classes.members(c);
        const std::int64_t chosen = std::count_if(members.begin(), members.end(),
                                                  [&](std::int64_t i) { return problem.is_chosen(i); });
        require(chosen <= class_budget, function, "the number of chosen samples of a class", chosen,
                "at most the budget of the class,", class_budget);
    }
    for (const double score : problem.scores)
        require(std::isfinite(score), function, "a score", score, "finite");
}

} // namespace topoprune
