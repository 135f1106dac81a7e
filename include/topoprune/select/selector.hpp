// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/class_partition.hpp"
#include "../core/execution.hpp"

#include <cmath>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune {

/// What a selector is asked: n samples with one score each, their classes, and how many to draw of each
/// class.
struct selection_problem {
    std::span<const double> scores;
    const class_partition& classes;
    /// One per class, at least 0 and at most the size of the class.
    std::span<const std::int64_t> budgets;
};

/// What it answers.
struct selection {
    /// The drawn samples, ascending.
    std::vector<std::int64_t> kept;
    /// The stratum of every sample within its class, from 0; all 0 where a selector knows none.
    std::vector<std::int32_t> stratum;
};

/// Atom of Selector.
template <class S>
concept DrawsSamples = requires(const S& policy, const selection_problem& problem, const execution& where) {
    { policy.select(problem, where) } -> std::same_as<selection>;
};

/// A type that draws samples by their scores.
/// Semantics: exactly budgets[c] samples of class c, none twice; constant; the same draw for the same seed.
/// Models: stratified.
template <class S>
concept Selector = std::copyable<S> && DrawsSamples<S>;

/// Throws std::invalid_argument unless the parts of the problem fit together and every score is finite.
inline void check_selection_problem(const selection_problem& problem, std::string_view function) {
    require(std::ssize(problem.scores) == problem.classes.samples(), function, "the number of scores",
            problem.scores.size(), "the number of samples,", problem.classes.samples());
    require(std::ssize(problem.budgets) == problem.classes.count(), function, "the number of budgets",
            problem.budgets.size(), "the number of classes,", problem.classes.count());
    for (std::int64_t c = 0; c < problem.classes.count(); ++c) {
        const std::int64_t class_budget = problem.budgets[static_cast<std::size_t>(c)];
        require(class_budget >= 0 && class_budget <= problem.classes.size(c), function, "a class budget",
                class_budget, "at least 0 and at most the size of the class,", problem.classes.size(c));
    }
    for (const double score : problem.scores)
        require(std::isfinite(score), function, "a score", score, "finite");
}

} // namespace topoprune
