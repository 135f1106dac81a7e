// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <topoprune/core/random.hpp>
#include <topoprune/score/dataset_score.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

/// What every DatasetScore must do and no compiler can check.
template <topoprune::DatasetScore S>
void check_dataset_score_laws(const S& policy, const topoprune::dataset& data) {
    using namespace topoprune;
    const score_column column = column_of(policy, data, execution({.seed = 3, .threads = 1}));
    REQUIRE(column.values.size() ==
            static_cast<std::size_t>(std::max(data.samples(), std::ssize(data.labels))));
    CHECK(column.high == S::high);
    CHECK(std::all_of(column.values.begin(), column.values.end(), [](double v) { return std::isfinite(v); }));
    for (const int threads : {2, 8})
        CHECK(policy.column(data, execution({.seed = 3, .threads = threads})) == column.values);
}
