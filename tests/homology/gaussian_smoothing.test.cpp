// SPDX-License-Identifier: MIT
#include <topoprune/homology/gaussian_smoothing.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>

#include "complexes.hpp"
#include "laws/clouds.hpp"

#include <doctest/doctest.h>

using namespace topoprune;

TEST_CASE("a smoothed measure is the sum of Gaussians, and its derivative that of differences") {
    const matrix<double> points = clouds::normal(60, 6);
    signed_measure measure = hilbert_signed_measure(
        complexes::incremental_delaunay(points, complexes::gaussian_codensity(points, 0.4)), 1);
    const grade_grid grid = regular_grid(std::array{measure}, 6);
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

TEST_CASE("no atoms or no grid, no values") {
    CHECK(gaussian_smoothing{}.smooth({}, {{0, 1}, {0}}).isZero());
    CHECK(gaussian_smoothing{}.smooth({{0, 0, 1, -1, -1, 0}}, {}).size() == 0);
    CHECK(gaussian_smoothing{}.pull_back({}, {{0}, {0}}, matrix<double>::Ones(1, 1).eval()).empty());
}

TEST_CASE("widths and shapes out of range are refused by name") {
    CHECK_THROWS_WITH_AS((void)gaussian_smoothing{.bandwidth_r = 0}.smooth({}, {{1}, {0}}),
                         "gaussian_smoothing: bandwidth_r is 0, must be above 0 and finite",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)gaussian_smoothing{.bandwidth_f = -1}.smooth({}, {{1}, {0}}),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)gaussian_smoothing{}.smooth({}, {{1, 0}, {0}}), std::invalid_argument);
    CHECK_THROWS_AS((void)gaussian_smoothing{}.pull_back({}, {{1}, {0}}, matrix<double>(2, 2)),
                    std::invalid_argument);
}
