// SPDX-License-Identifier: MIT
#include <topoprune/io/csv.hpp>
#include <topoprune/io/npy.hpp>
#include <topoprune/loss/signed_measure_norm.hpp>
#include <topoprune/transport/row_transport.hpp>

#include "laws/clouds.hpp"
#include "laws/loss_laws.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <utility>

using namespace topoprune;

namespace {

const density_bifiltration<> smooth{weak_delaunay{}, gaussian_kde{.bandwidth = 0.4}};

std::int64_t weight_of(const signed_measure& measure) {
    std::int64_t weight = 0;
    for (const atom& a : measure)
        weight += std::abs(a.mass);
    return weight;
}

} // namespace

TEST_CASE("the norm equals the recorded integral over r, divided by the number of atoms") {
    // seed,n,scale,bandwidth,atoms,integral_r,...: with l1 the codensities cancel where all are positive.
    const std::filesystem::path golden = std::filesystem::path(TOPOPRUNE_TEST_DATA) / "planar_golden";
    const matrix<double> summary = read_csv_matrix<double>(golden / "summary.csv");
    std::int64_t compared = 0;
    for (Eigen::Index row = 0; row < summary.rows(); ++row) {
        if (summary(row, 3) != 0.4)
            continue;
        const std::string seed = std::to_string(static_cast<int>(summary(row, 0)));
        CAPTURE(seed);
        const matrix<double> points = read_npy_matrix<double>(golden / ("points_" + seed + ".npy"));
        const signed_measure measure = hilbert_signed_measure(smooth.build(points, execution{}), 1);
        const double value = signed_measure_norm{smooth}.value_and_gradient(points, execution{}).value;
        CHECK(value * static_cast<double>(weight_of(measure)) ==
              doctest::Approx(-summary(row, 5)).epsilon(1e-9));
        ++compared;
    }
    CHECK(compared == 6);
}

TEST_CASE("with l1 the norm of degree 1 is the total persistence of both marginals") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        const matrix<double> points = clouds::circle(200, seed, 0.2);
        const signed_measure measure = hilbert_signed_measure(smooth.build(points, execution{}), 1);
        signed_measure turned = measure;
        for (atom& a : turned)
            std::swap(a.r, a.f);
        const double by_scale = marginal_lower_bound(measure, l1{});
        const double by_codensity = marginal_lower_bound(turned, l1{});
        CHECK(by_codensity > 0);
        const double value = signed_measure_norm{smooth}.value_and_gradient(points, execution{}).value;
        CHECK(value * static_cast<double>(weight_of(measure)) ==
              doctest::Approx(by_scale + by_codensity).epsilon(1e-9));
    }
}

TEST_CASE("the gradient of the norm equals central differences") {
    std::int64_t compared = 0;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        const matrix<double> points =
            seed % 2 == 0 ? clouds::normal(25, seed) : clouds::circle(30, seed, 0.1);
        compared += compare_with_differences(signed_measure_norm{smooth, l1{}}, points);
        compared += compare_with_differences(signed_measure_norm{smooth, l2{}}, points);
        compared += compare_with_differences(signed_measure_norm{smooth, squared_l2{}}, points);
        compared += compare_with_differences(signed_measure_norm{smooth, l2{}, 0}, points);
    }
    CHECK(compared > 2000);
}

TEST_CASE("the norm obeys the laws of a topological loss") {
    for (const std::int64_t n : {0, 1, 2, 3, 4, 60})
        for (const int degree : {0, 1})
            check_loss_laws(signed_measure_norm{.degree = degree}, clouds::normal(n, 3));
    check_loss_laws(signed_measure_norm<>{}, clouds::lattice(60, 1, 5));
    check_loss_laws(signed_measure_norm<>{}, clouds::line(30, 1));
    check_loss_laws(signed_measure_norm<>{}, clouds::lattice(20, 1, 1));
}
