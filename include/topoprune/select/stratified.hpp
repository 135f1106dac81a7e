// SPDX-License-Identifier: MIT
#pragma once

#include "../core/random.hpp"
#include "budget.hpp"
#include "selector.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace topoprune {

/// What is taken of a stratum: a uniform draw, or its highest scores (ties by least sample number).
enum class stratum_draw { random, highest_score };

/// Draws evenly over the range of the scores, class by class. The range [min, max] of a class's scores is cut
/// into strata of equal width; the class budget is spread over them by water-filling; within a stratum the
/// draw is uniform. The score thus only says which samples are alike: neither high nor low is preferred,
/// which is what makes it safe at small budgets. Cost: O(n log n).
struct stratified {
    /// Most strata of a class, >= 1. Fewer are used if they would have less than `least_budget_per_stratum`
    /// samples to draw on average. More strata follow the score more closely; CCS takes 50.
    int strata = 50;
    /// At least this many drawn samples per stratum on average, >= 1; 4 bounds the strata of a class to a
    /// quarter of its budget.
    int least_budget_per_stratum = 4;
    stratum_draw draw = stratum_draw::random;

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
        require(strata >= 1, "stratified", "strata", strata, "at least 1");
        require(least_budget_per_stratum >= 1, "stratified", "least_budget_per_stratum",
                least_budget_per_stratum, "at least 1");
        check_selection_problem(problem, "stratified");
        selection result{{}, std::vector<std::int32_t>(problem.scores.size(), 0)};
        for (std::int64_t c = 0; c < problem.classes.count(); ++c)
            select_of_class(problem, c, random_stream(where.seed(), stream), result);
        std::sort(result.kept.begin(), result.kept.end());
        return result;
    }

    /// The stratum of a score in [low, high] cut into `count` of equal width. Every score is in exactly one.
    [[nodiscard]] static std::int32_t stratum_of(double score, double low, double high, std::int64_t count) {
        if (!(high > low))
            return 0;
        const double position = (score - low) / (high - low) * static_cast<double>(count);
        return static_cast<std::int32_t>(
            std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(position)), 0, count - 1));
    }

private:
    static constexpr std::uint64_t stream = 0x5354524154ULL;

    void select_of_class(const selection_problem& problem, std::int64_t c, const random_stream& random,
                         selection& result) const {
        const auto members = problem.classes.members(c);
        const std::int64_t class_budget = problem.budgets[static_cast<std::size_t>(c)];
        const auto score = [&](std::int64_t i) { return problem.scores[static_cast<std::size_t>(i)]; };
        const auto [low, high] =
            std::minmax_element(members.begin(), members.end(),
                                [&](std::int64_t a, std::int64_t b) { return score(a) < score(b); });
        const std::int64_t count =
            std::clamp<std::int64_t>(class_budget / least_budget_per_stratum, 1, strata);

        std::vector<std::vector<std::int64_t>> bins(static_cast<std::size_t>(count));
        for (const std::int64_t i : members) {
            const std::int32_t stratum = stratum_of(score(i), score(*low), score(*high), count);
            result.stratum[static_cast<std::size_t>(i)] = stratum;
            bins[static_cast<std::size_t>(stratum)].push_back(i);
        }
        std::vector<std::int64_t> sizes;
        for (const auto& bin : bins)
            sizes.push_back(std::ssize(bin));
        const std::vector<std::int64_t> parts = water_fill(class_budget, sizes);
        const random_stream of_class = random.child(static_cast<std::uint64_t>(problem.classes.label(c)));
        for (std::size_t b = 0; b < bins.size(); ++b) {
            const auto part = static_cast<std::size_t>(parts[b]);
            if (draw == stratum_draw::random) {
                draw_without_replacement(bins[b], part, of_class.child(b));
            } else {
                std::stable_sort(bins[b].begin(), bins[b].end(),
                                 [&](std::int64_t i, std::int64_t j) { return score(i) > score(j); });
                bins[b].resize(part);
            }
            result.kept.insert(result.kept.end(), bins[b].begin(), bins[b].end());
        }
    }
};

static_assert(Selector<stratified>);

} // namespace topoprune
