// SPDX-License-Identifier: MIT
#include <topoprune/homology/grade_grid.hpp>

#include <doctest/doctest.h>

#include <limits>

using namespace topoprune;

namespace {

std::span<const signed_measure> single(const signed_measure& measure) {
    return {&measure, 1};
}

} // namespace

TEST_CASE("grids have the values that they promise") {
    const signed_measure measure{{0, 1, 1, -1, -1, 0}, {1, 2, 1, 0, 1, 1}, {4, 2, -2, 0, 2, 1}};
    const grade_grid exact = exact_grid(single(measure));
    CHECK(exact.r == std::vector<double>{0, 1, 4});
    CHECK(exact.f == std::vector<double>{1, 2});
    CHECK(regular_grid(single(measure), 5).r == std::vector<double>{0, 1, 2, 3, 4});
    CHECK(quantile_grid(single(measure), 2).r == std::vector<double>{0, 4});
    CHECK(quantile_grid(single(measure), 50).r == exact.r);
    const signed_measure one{{3, 7, 1, -1, -1, 0}};
    CHECK(regular_grid(single(one), 5).r == std::vector<double>{3});
    CHECK(regular_grid({}, 5).r.empty());
    CHECK(quantile_grid({}, 5).f.empty());
    CHECK(regular_grid(single(measure), 2).r == std::vector<double>{0, 4});
}

TEST_CASE("a regular grid ends where the atoms end, whatever their scale") {
    for (const double scale : {1e-300, 1.0, 1e300}) {
        const signed_measure measure{{0.1 * scale, -0.7 * scale, 1, -1, -1, 0},
                                     {0.7 * scale, 0.3 * scale, 1, 0, 1, 1}};
        const grade_grid grid = regular_grid(single(measure), 11);
        CHECK(grid.r.front() == 0.1 * scale);
        CHECK(grid.r.back() == 0.7 * scale);
        CHECK(grid.f.size() == 11);
        CHECK_NOTHROW(require_grid(grid, "test"));
    }
}

TEST_CASE("steps and grids out of range are refused by name") {
    CHECK_THROWS_WITH_AS((void)regular_grid({}, 1), "regular_grid: steps is 1, must be at least 2",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)quantile_grid({}, 0), std::invalid_argument);
    CHECK_THROWS_WITH_AS(require_grid({{1, 1}, {0}}, "test"),
                         "test: a value of the grid is 1, must be above the one before it",
                         std::invalid_argument);
    CHECK_THROWS_AS(require_grid({{std::numeric_limits<double>::quiet_NaN()}, {0}}, "test"),
                    std::invalid_argument);
}
