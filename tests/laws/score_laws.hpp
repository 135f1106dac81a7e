// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <topoprune/score/score.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

/// What every Score must do and no compiler can check.
template <topoprune::Score S>
void check_score_laws(const S& policy, const topoprune::matrix<double>& points,
                      const std::vector<std::int64_t>& labels) {
    using namespace topoprune;
    const class_partition classes(labels);
    const std::vector<double> column = policy.column({points, classes}, execution({.threads = 1}));
    REQUIRE(column.size() == labels.size());
    CHECK(std::all_of(column.begin(), column.end(), [](double v) { return std::isfinite(v); }));
    for (const int threads : {2, 3, 8})
        CHECK(policy.column({points, classes}, execution({.threads = threads})) == column);

    std::vector<std::int64_t> renamed = labels;
    for (std::int64_t& label : renamed)
        label = 1000 - label;
    CHECK(policy.column({points, class_partition(renamed)}, execution({.threads = 1})) == column);
}
