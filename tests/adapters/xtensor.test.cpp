// SPDX-License-Identifier: MIT
#if __has_include(<xtensor/xtensor.hpp>)

#include <topoprune/adapters/xtensor.hpp>

#include <doctest/doctest.h>

#include <tuple>

using namespace topoprune;

namespace {

const std::vector<signed_measure> measures{
    {{0, 1, 1, -1, -1, 0}, {0, 2, 1, -1, -1, 1}, {3, 2, -1, 0, 1, 1}},
    {{1, 2, 1, 0, 1, 1}, {4, 2, -1, 0, 2, 1}},
};

} // namespace

TEST_CASE("layers are the functions of the degrees") {
    const grade_grid grid = exact_grid(measures);
    const xt::xtensor<std::int64_t, 3> values = hilbert_functions(measures, grid);
    REQUIRE(values.shape(0) == 2);
    REQUIRE(values.shape(1) == grid.r.size());
    REQUIRE(values.shape(2) == grid.f.size());
    for (std::size_t degree = 0; degree < 2; ++degree) {
        const matrix<std::int64_t> layer = hilbert_function(measures[degree], grid);
        for (std::size_t i = 0; i < grid.r.size(); ++i)
            for (std::size_t j = 0; j < grid.f.size(); ++j)
                CHECK(values(degree, i, j) ==
                      layer(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)));
    }
}

TEST_CASE("inversion gives the measures back") {
    const grade_grid grid = exact_grid(measures);
    const std::vector<signed_measure> back = moebius_inversions(hilbert_functions(measures, grid), grid);
    REQUIRE(back.size() == 2);
    for (std::size_t degree = 0; degree < 2; ++degree) {
        REQUIRE(back[degree].size() == measures[degree].size());
        for (std::size_t a = 0; a < back[degree].size(); ++a)
            CHECK(std::tie(back[degree][a].r, back[degree][a].f, back[degree][a].mass) ==
                  std::tie(measures[degree][a].r, measures[degree][a].f, measures[degree][a].mass));
    }
    CHECK_THROWS_AS((void)moebius_inversions(hilbert_functions(measures, grid), {{0}, {0}}),
                    std::invalid_argument);
}

TEST_CASE("smoothed layers are those of the matrices") {
    const grade_grid grid = regular_grid(measures, 4);
    const gaussian_smoothing smoothing{.bandwidth_r = 1, .bandwidth_f = 1};
    const xt::xtensor<double, 3> values = smoothed_measures(smoothing, measures, grid);
    CHECK(values(1, 2, 3) == smoothing.smooth(measures[1], grid)(2, 3));
}

#endif
