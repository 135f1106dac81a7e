// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/strata.hpp"

#include <algorithm>
#include <vector>

namespace topoprune {

/// Draws evenly over the range of the scores, class by class. The scores of a class are cut into strata, by
/// default of equal width; the class budget is spread over them by water-filling; within a stratum the draw
/// is uniform, or covers the features of the stratum. The score thus only says which samples are alike:
/// neither high nor low is preferred, which is what makes it safe at small budgets. Cost: O(n log n), and
/// that of k_center, facility_location or coverage on every stratum where these draw it.
struct stratified {
    /// Most strata of a class, >= 1. Fewer are used if they would have less than `least_budget_per_stratum`
    /// samples to draw on average. More strata follow the score more closely; CCS takes 50.
    int strata = 50;
    /// At least this many drawn samples per stratum on average, >= 1; 4 bounds the strata of a class to a
    /// quarter of its budget.
    int least_budget_per_stratum = 4;
    stratum_draw draw = stratum_draw::random;
    stratum_cut cut = stratum_cut::equal_width;

    [[nodiscard]] constexpr bool sees_features() const { return topoprune::sees_features(draw); }
    [[nodiscard]] constexpr bool sees_uncertainty() const { return draw == stratum_draw::coverage; }

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;

    /// The stratum of a score in [low, high] cut into `count` of equal width. Every score is in exactly one.
    [[nodiscard]] static std::int32_t stratum_of(double score, double low, double high, std::int64_t count) {
        return detail::stratum_of_width(score, low, high, count);
    }

private:
    static constexpr std::uint64_t stream = 0x5354524154ULL;

    [[nodiscard]] std::int64_t strata_for(std::int64_t class_budget) const {
        return std::clamp<std::int64_t>(class_budget / least_budget_per_stratum, 1, strata);
    }

    [[nodiscard]] std::vector<std::int32_t> places_of(const detail::class_draw& of_class,
                                                      std::int64_t count) const {
        return detail::strata_of(of_class.members, count, cut,
                                 [&](std::int64_t i) { return of_class.score(i); });
    }
};

static_assert(Selector<stratified>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "stratified.ipp"
#endif
