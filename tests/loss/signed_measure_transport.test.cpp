// SPDX-License-Identifier: MIT
#include <topoprune/density/distance_to_measure.hpp>
#include <topoprune/density/exponential_kde.hpp>
#include <topoprune/density/knn_density.hpp>
#include <topoprune/io/csv.hpp>
#include <topoprune/io/npy.hpp>
#include <topoprune/loss/signed_measure_transport.hpp>

#include "laws/clouds.hpp"
#include "laws/loss_laws.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>

using namespace topoprune;

namespace {

const std::filesystem::path golden = std::filesystem::path(TOPOPRUNE_TEST_DATA) / "planar_golden";

template <class Norm>
double cost_of(const signed_measure& measure, Norm norm) {
    const transport_result moved = exact_transport{.norm = norm}.to_zero(measure, execution{});
    REQUIRE(moved.certificate);
    CHECK(moved.certificate->primal == moved.certificate->dual);
    CHECK(moved.lower_bound <= moved.cost * (1 + 1e-12));
    return moved.cost;
}

} // namespace

TEST_CASE("measures and transport costs equal those recorded from the reference") {
    // seed,n,scale,bandwidth,atoms,integral_r,l1,l2,linf,sql2
    const matrix<double> summary = read_csv_matrix<double>(golden / "summary.csv");
    REQUIRE(summary.rows() == 7);
    for (Eigen::Index row = 0; row < summary.rows(); ++row) {
        const std::string seed = std::to_string(static_cast<int>(summary(row, 0)));
        CAPTURE(seed);
        const matrix<double> points = read_npy_matrix<double>(golden / ("points_" + seed + ".npy"));
        const matrix<double> recorded = read_npy_matrix<double>(golden / ("atoms_" + seed + ".npy"));
        const density_bifiltration bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = summary(row, 3)}};
        const signed_measure measure = hilbert_signed_measure(bifiltration.build(points, execution{}), 1);

        REQUIRE(std::ssize(measure) == recorded.rows());
        CHECK(recorded.rows() == static_cast<Eigen::Index>(summary(row, 4)));
        double integral = 0;
        for (std::size_t i = 0; i < measure.size(); ++i) {
            const auto at = static_cast<Eigen::Index>(i);
            CHECK(measure[i].mass == recorded(at, 2));
            CHECK(measure[i].r == doctest::Approx(recorded(at, 0)).epsilon(1e-9));
            CHECK(measure[i].f == doctest::Approx(recorded(at, 1)).epsilon(1e-9));
            integral += measure[i].r * measure[i].mass;
        }
        CHECK(integral == doctest::Approx(summary(row, 5)).epsilon(1e-9));
        CHECK(cost_of(measure, l1{}) == doctest::Approx(summary(row, 6)).epsilon(1e-9));
        CHECK(cost_of(measure, l2{}) == doctest::Approx(summary(row, 7)).epsilon(1e-9));
        CHECK(cost_of(measure, l_infinity{}) == doctest::Approx(summary(row, 8)).epsilon(1e-9));
        CHECK(cost_of(measure, squared_l2{}) == doctest::Approx(summary(row, 9)).epsilon(1e-9));
    }
}

TEST_CASE("the gradient equals central differences on a hundred clouds") {
    std::int64_t compared = 0;
    for (std::uint64_t number = 0; number < 100; ++number) {
        const auto n = static_cast<std::int64_t>(8 + number % 30);
        const matrix<double> points =
            number % 2 == 0 ? clouds::normal(n, number) : clouds::circle(n, number, 0.1);
        const density_bifiltration bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = 0.2}};
        switch (number % 4) {
        case 0:
            compared += compare_with_differences(
                signed_measure_transport{bifiltration, exact_transport<l1>{}}, points);
            break;
        case 1:
            compared += compare_with_differences(
                signed_measure_transport{bifiltration, exact_transport<l2>{}}, points);
            break;
        case 2:
            compared += compare_with_differences(
                signed_measure_transport{bifiltration, exact_transport<squared_l2>{}}, points);
            break;
        default:
            compared +=
                compare_with_differences(signed_measure_transport{bifiltration, row_transport<l2>{}}, points);
        }
    }
    MESSAGE("coordinates compared: " << compared);
    CHECK(compared > 3000);
}

TEST_CASE("the density moves the loss where rows exchange mass") {
    // Two rings of different density with a small bandwidth: there the transport leaves its rows, and the
    // codensity's derivative is not zero. Without the density's pull-back the gradient would be wrong.
    std::int64_t through_density = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const matrix<double> points = clouds::circle(40, seed, 0.25);
        const density_bifiltration bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = 0.08}};
        const auto complex = bifiltration.build(points, execution{});
        const signed_measure measure = hilbert_signed_measure(complex, 1);
        const transport_result moved = exact_transport<l2>{}.to_zero(measure, execution{});
        for (const auto& [by_r, by_f] : moved.gradient)
            through_density += by_f != 0;
        compare_with_differences(signed_measure_transport{bifiltration, exact_transport<l2>{}}, points);
    }
    CHECK(through_density > 50);
}

TEST_CASE("the loss obeys the laws of a topological loss") {
    const signed_measure_transport<> loss{};
    for (const std::int64_t n : {0, 1, 2, 3, 4, 50, 400})
        check_loss_laws(loss, clouds::normal(n, 3));
    check_loss_laws(loss, clouds::lattice(60, 1, 5));
    check_loss_laws(loss, clouds::line(30, 1));
    check_loss_laws(loss, clouds::lattice(20, 1, 1));
}

TEST_CASE("on a ring the loss is about the radius of its hole") {
    const matrix<double> points = clouds::circle(300, 4, 0.01);
    const double value =
        signed_measure_transport{density_bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = 2.0}}}
            .value_and_gradient(points, execution{})
            .value;
    CHECK(value > 0.8);
    CHECK(value < 1.6);
}

TEST_CASE("degree 0 has mass that never dies and is refused") {
    const signed_measure_transport<> loss{.degree = 0};
    CHECK_THROWS_AS((void)loss.value_and_gradient(clouds::normal(5, 1), execution{}), std::invalid_argument);
}

TEST_CASE("the incremental complex has the recorded transport costs") {
    // Clouds, bandwidths and costs of multipers' function-Delaunay complex with flag values.
    struct recorded {
        const char* seed;
        double bandwidth, l1_cost, squared_cost;
    };
    for (const auto& [seed, bandwidth, l1_cost, squared_cost] :
         {recorded{"20", 0.4, 0.228704, 0.013550}, recorded{"80", 0.4, 0.571560, 0.037202},
          recorded{"5", 0.1, 0.160818, 0.002105}}) {
        CAPTURE(seed);
        const matrix<double> points =
            read_npy_matrix<double>(golden / (std::string("points_") + seed + ".npy"));
        const density_bifiltration bifiltration{function_delaunay{}, gaussian_kde{.bandwidth = bandwidth}};
        const auto cost = [&](const auto& transport) {
            return signed_measure_transport{bifiltration, transport}
                .value_and_gradient(points, execution{})
                .value;
        };
        CHECK(cost(exact_transport<l1>{}) == doctest::Approx(l1_cost).epsilon(1e-5));
        CHECK(cost(exact_transport<squared_l2>{}) == doctest::Approx(squared_cost).epsilon(1e-4));
    }
}

TEST_CASE("with every filtration and density the gradient equals central differences") {
    std::int64_t compared = 0;
    const auto compare = [&](const auto& bifiltration, const matrix<double>& points) {
        compared += compare_with_differences(signed_measure_transport{bifiltration}, points);
    };
    for (std::uint64_t seed = 0; seed < 3; ++seed)
        for (const matrix<double>& points : {clouds::normal(24, seed), clouds::circle(30, seed, 0.2)}) {
            const gaussian_kde kde{.bandwidth = 0.3};
            compare(density_bifiltration{function_delaunay{}, kde}, points);
            compare(density_bifiltration{rips{.threshold = 10.0}, kde}, points);
            compare(density_bifiltration{weak_delaunay{}, exponential_kde{.bandwidth = 0.3}}, points);
            compare(density_bifiltration{weak_delaunay{}, knn_density{.k = 5}}, points);
            compare(density_bifiltration{function_delaunay{}, distance_to_measure{.k = 5}}, points);
            compare(density_bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = bandwidth::scott()}},
                    points);
        }
    MESSAGE("coordinates compared: " << compared);
    CHECK(compared > 1000);
}

TEST_CASE("with the incremental complex the loss obeys the laws") {
    const signed_measure_transport loss{density_bifiltration{function_delaunay{}, gaussian_kde{}}};
    for (const std::int64_t n : {0, 1, 2, 3, 4, 50})
        check_loss_laws(loss, clouds::normal(n, 3));
    check_loss_laws(loss, clouds::line(30, 1));
    check_loss_laws(loss, clouds::normal(20, 5, 1.0, 3));
}

TEST_CASE("a Rips complex with a hole left open needs a corner") {
    // A square of side 1 up to scale 0.6: its hole opens at 0.5 and would close at half the diagonal, 0.707.
    matrix<double> square(4, 2);
    square << 0, 0, 1, 0, 1, 1, 0, 1;
    const density_bifiltration open{rips{.threshold = 0.6}, gaussian_kde{}};
    CHECK_THROWS_AS((void)signed_measure_transport{open}.value_and_gradient(square, execution{}),
                    std::invalid_argument);
    const double f = open.build(square, execution{}).codensity[0];
    const signed_measure_transport closed{open, exact_transport<l1>{.corner = {{0.8, f}}}};
    CHECK(closed.value_and_gradient(square, execution{}).value == doctest::Approx(0.3).epsilon(1e-12));
}
