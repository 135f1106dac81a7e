// SPDX-License-Identifier: MIT
#include <topoprune/score/equal_scores.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

using namespace topoprune;

TEST_CASE("a score that cannot order samples says so") {
    const auto note = [](const std::vector<double>& values, const std::vector<std::int64_t>& labels) {
        return equal_scores_note(values, class_partition(labels), "scores");
    };
    const double none = std::nan("");
    CHECK(note({1, 2, 1, 2}, {0, 0, 1, 1}).empty());
    CHECK(note({1, 1, 1, 1}, {0, 0, 1, 1}) == "all 4 scores are equal: they order nothing");
    CHECK(note({0.0, -0.0, none}, {0, 0, 0}) == "all 2 scores are equal: they order nothing");
    CHECK(note({3, 3, 1, 2}, {7, 7, 8, 8}) == "class 7: all its 2 scores are equal: they order nothing");
    CHECK(note({1, 2, 3, 3, 4, 4}, {0, 0, 1, 1, 5, 5}) ==
          "class 1: all its 2 scores are equal: they order nothing, as in 1 further class");
    CHECK(note({1, 2, 3, 3, 4, 4, 9, none, 5, 5}, {0, 0, 1, 1, 5, 5, 6, 6, 8, 8}) ==
          "class 1: all its 2 scores are equal: they order nothing, as in 2 further classes");
    // One value orders all that there is of it.
    CHECK(note({1}, {0}).empty());
    CHECK(note({}, {}).empty());
    CHECK(note({none, none}, {0, 0}).empty());
    CHECK_THROWS_AS((void)note({1, 2}, {0}), std::invalid_argument);
}
