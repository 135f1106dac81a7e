// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <topoprune/select/selector.hpp>

#include <algorithm>
#include <vector>

/// What every Selector must do and no compiler can check.
template <topoprune::Selector S>
void check_selector_laws(const S& policy, const std::vector<double>& scores,
                         const std::vector<std::int64_t>& labels, const std::vector<std::int64_t>& budgets) {
    using namespace topoprune;
    const class_partition classes(labels);
    const selection drawn = policy.select({scores, classes, budgets}, execution({.seed = 5, .threads = 1}));

    CHECK(std::is_sorted(drawn.kept.begin(), drawn.kept.end()));
    CHECK(std::adjacent_find(drawn.kept.begin(), drawn.kept.end()) == drawn.kept.end());
    std::vector<std::int64_t> counts(budgets.size(), 0);
    for (const std::int64_t i : drawn.kept) {
        REQUIRE(i >= 0);
        REQUIRE(i < std::ssize(labels));
        ++counts[static_cast<std::size_t>(classes.class_of(i))];
    }
    CHECK(counts == budgets);
    REQUIRE(drawn.stratum.size() == labels.size());

    for (const int threads : {2, 8}) {
        const selection again =
            policy.select({scores, classes, budgets}, execution({.seed = 5, .threads = threads}));
        CHECK(again.kept == drawn.kept);
        CHECK(again.stratum == drawn.stratum);
    }
}
