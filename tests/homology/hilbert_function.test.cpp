// SPDX-License-Identifier: MIT
#include <topoprune/homology/gaussian_smoothing.hpp>
#include <topoprune/homology/hilbert_function.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>

#include "complexes.hpp"
#include "laws/clouds.hpp"
#include "rank_oracle.hpp"

#include <doctest/doctest.h>

#include <limits>
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

TEST_CASE("grids have the values that they promise") {
    const signed_measure measure{{0, 1, 1, -1, -1, 0}, {1, 2, 1, 0, 1, 1}, {4, 2, -2, 0, 2, 1}};
    const grade_grid exact = exact_grid(alone(measure));
    CHECK(exact.r == std::vector<double>{0, 1, 4});
    CHECK(exact.f == std::vector<double>{1, 2});
    CHECK(regular_grid(alone(measure), 5).r == std::vector<double>{0, 1, 2, 3, 4});
    CHECK(quantile_grid(alone(measure), 2).r == std::vector<double>{0, 4});
    CHECK(quantile_grid(alone(measure), 50).r == exact.r);
    const signed_measure one{{3, 7, 1, -1, -1, 0}};
    CHECK(regular_grid(alone(one), 5).r == std::vector<double>{3});
    CHECK(regular_grid({}, 5).r.empty());
    CHECK(quantile_grid({}, 5).f.empty());
    CHECK(hilbert_function(measure, {}).size() == 0);
    CHECK(moebius_inversion(matrix<std::int64_t>(0, 0), {}).empty());
    CHECK(hilbert_function({}, exact).isZero());
    CHECK(regular_grid(alone(measure), 2).r == std::vector<double>{0, 4});
}

TEST_CASE("a smoothed measure is the sum of Gaussians, and its derivative that of differences") {
    signed_measure measure = measure_of(60, 6);
    const grade_grid grid = regular_grid(alone(measure), 6);
    const gaussian_smoothing smoothing{.bandwidth_r = 0.1, .bandwidth_f = 0.5};
    const matrix<double> values = smoothing.smooth(measure, grid);
    double expected = 0;
    for (const atom& a : measure)
        expected += a.mass * std::exp(-std::pow((grid.r[2] - a.r) / 0.1, 2) / 2 -
                                      std::pow((grid.f[4] - a.f) / 0.5, 2) / 2);
    CHECK(values(2, 4) == doctest::Approx(expected).epsilon(1e-12));

    matrix<double> weights(values.rows(), values.cols());
    const random_stream random(1, 81);
    for (Eigen::Index i = 0; i < weights.size(); ++i)
        weights.data()[i] = random.normal(static_cast<std::uint64_t>(i));
    const auto by_atom = smoothing.pull_back(measure, grid, weights);
    REQUIRE(by_atom.size() == measure.size());
    const auto loss = [&] { return smoothing.smooth(measure, grid).cwiseProduct(weights).sum(); };
    const double step = 1e-6;
    for (std::size_t a = 0; a < measure.size(); a += 5) {
        for (const std::size_t axis : {0U, 1U}) {
            double& grade = axis == 0 ? measure[a].r : measure[a].f;
            const double kept = grade;
            grade = kept + step;
            const double above = loss();
            grade = kept - step;
            const double below = loss();
            grade = kept;
            CHECK(by_atom[a][axis] == doctest::Approx((above - below) / (2 * step)).epsilon(1e-6).scale(1));
        }
    }
}

TEST_CASE("grids, shapes and widths out of range are refused by name") {
    const signed_measure measure = measure_of(20, 6);
    CHECK_THROWS_WITH_AS((void)regular_grid(alone(measure), 1),
                         "regular_grid: steps is 1, must be at least 2", std::invalid_argument);
    CHECK_THROWS_AS((void)quantile_grid(alone(measure), 0), std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)hilbert_function(measure, {{1, 1}, {0}}),
                         "hilbert_function: a value of the grid is 1, must be above the one before it",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)hilbert_function(measure, {{std::numeric_limits<double>::quiet_NaN()}, {0}}),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)moebius_inversion(matrix<std::int64_t>(2, 1), {{1}, {0}}), std::invalid_argument);
    CHECK_THROWS_AS((void)gaussian_smoothing{.bandwidth_r = 0}.smooth(measure, {{1}, {0}}),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)gaussian_smoothing{}.pull_back(measure, {{1}, {0}}, matrix<double>(2, 2)),
                    std::invalid_argument);
}
