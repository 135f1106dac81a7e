// SPDX-License-Identifier: MIT
#include <topoprune/homology/hilbert_function.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>

#include "complexes.hpp"
#include "laws/clouds.hpp"
#include "rank_oracle.hpp"

#include <doctest/doctest.h>

#include <tuple>

using namespace topoprune;

namespace {

signed_measure measure_of(std::int64_t n, std::uint64_t seed, int degree = 1) {
    const matrix<double> points = clouds::normal(n, seed);
    return hilbert_signed_measure(
        complexes::incremental_delaunay(points, complexes::gaussian_codensity(points, 0.4)), degree);
}

std::span<const signed_measure> alone(const signed_measure& measure) {
    return {&measure, 1};
}

} // namespace

TEST_CASE("the function on a grid is the dimension of homology there") {
    const matrix<double> points = clouds::normal(40, 3);
    const bifiltered_complex complex =
        complexes::incremental_delaunay(points, complexes::gaussian_codensity(points, 0.4));
    const oracle::betti_numbers betti(oracle::simplices_of(complex));
    const std::array measures{hilbert_signed_measure(complex, 0), hilbert_signed_measure(complex, 1)};
    for (const grade_grid& grid :
         {exact_grid(measures), regular_grid(measures, 13), quantile_grid(measures, 9)})
        for (const std::size_t degree : {0U, 1U}) {
            const matrix<std::int64_t> values = hilbert_function(measures[degree], grid);
            REQUIRE(values.rows() == std::ssize(grid.r));
            REQUIRE(values.cols() == std::ssize(grid.f));
            std::int64_t wrong = 0;
            for (std::size_t i = 0; i < grid.r.size(); i += 3)
                for (std::size_t j = 0; j < grid.f.size(); j += 3)
                    wrong += values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) !=
                             betti.at(grid.r[i], grid.f[j])[degree];
            CHECK(wrong == 0);
        }
}

TEST_CASE("inversion gives the measure back on its exact grid") {
    const signed_measure measure = measure_of(120, 4);
    const grade_grid grid = exact_grid(alone(measure));
    const signed_measure back = moebius_inversion(hilbert_function(measure, grid), grid);
    REQUIRE(back.size() == measure.size());
    for (std::size_t a = 0; a < back.size(); ++a) {
        CHECK(std::tie(back[a].r, back[a].f, back[a].mass) ==
              std::tie(measure[a].r, measure[a].f, measure[a].mass));
        CHECK(back[a].vertex == -1);
    }
}

TEST_CASE("the function of the inverted function is the function, on every grid") {
    const signed_measure measure = measure_of(120, 5, 0);
    for (const grade_grid& grid : {regular_grid(alone(measure), 7), quantile_grid(alone(measure), 20)}) {
        const matrix<std::int64_t> values = hilbert_function(measure, grid);
        CHECK(hilbert_function(moebius_inversion(values, grid), grid) == values);
    }
}

TEST_CASE("no atoms or no grid, no function") {
    const signed_measure measure = measure_of(20, 6);
    CHECK(hilbert_function(measure, {}).size() == 0);
    CHECK(moebius_inversion(matrix<std::int64_t>(0, 0), {}).empty());
    CHECK(hilbert_function({}, exact_grid(alone(measure))).isZero());
}

TEST_CASE("grids and shapes that do not fit are refused by name") {
    const signed_measure measure = measure_of(20, 6);
    CHECK_THROWS_WITH_AS((void)hilbert_function(measure, {{1, 1}, {0}}),
                         "hilbert_function: a value of the grid is 1, must be above the one before it",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)moebius_inversion(matrix<std::int64_t>(2, 1), {{1}, {0}}),
                         "moebius_inversion: the number of rows is 2, must be that of the values of r, 1",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)moebius_inversion(
                        matrix<std::int64_t>::Constant(1, 1, std::int64_t{1} << 40).eval(), {{1}, {0}}),
                    std::invalid_argument);
}
