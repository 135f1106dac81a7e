// SPDX-License-Identifier: MIT
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
    CHECK(moved.certificate->violated_pairs == 0);
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
