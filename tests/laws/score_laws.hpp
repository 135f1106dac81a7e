// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <topoprune/persistence/score.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Labels of three classes, of 4 in 7, 2 in 7 and 1 in 7 samples.
inline std::vector<std::int64_t> three_classes(std::int64_t n) {
    std::vector<std::int64_t> labels(static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < labels.size(); ++i)
        labels[i] = i % 7 == 0 ? -3 : i % 3 == 0 ? 12 : 4;
    return labels;
}

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
