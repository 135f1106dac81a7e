// SPDX-License-Identifier: MIT
#include <topoprune/filtration/density_slice.hpp>
#include <topoprune/filtration/rips.hpp>
#include <topoprune/loss/signed_measure_norm.hpp>
#include <topoprune/loss/total_persistence.hpp>
#include <topoprune/transport/row_transport.hpp>

#include "laws/clouds.hpp"
#include "laws/loss_laws.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace topoprune;

TEST_CASE("total persistence of polygons and segments in closed form") {
    // A regular hexagon of radius 1: a hole from half a side, 1/2, to half of sqrt(3).
    matrix<double> hexagon(6, 2);
    for (int i = 0; i < 6; ++i)
        hexagon.row(i) << std::cos(i * std::numbers::pi / 3), std::sin(i * std::numbers::pi / 3);
    const double life = (std::sqrt(3.0) - 1) / 2;
    const auto value = [&](const auto& loss, const matrix<double>& points) {
        return loss.value_and_gradient(points, execution{}).value;
    };
    CHECK(value(total_persistence<>{}, hexagon) == doctest::Approx(life).epsilon(1e-12));
    CHECK(value(total_persistence<>{.power = 2}, hexagon) == doctest::Approx(life * life).epsilon(1e-12));
    CHECK(value(total_persistence{.filtration = rips{.threshold = 1.0}}, hexagon) ==
          doctest::Approx(life).epsilon(1e-12));

    // Points at 0, 1, 3, 7 of a line: components end at half of the gaps 1, 2, 4.
    matrix<double> line(4, 2);
    line << 0, 0, 1, 0, 3, 0, 7, 0;
    CHECK(value(total_persistence<>{.degree = 0}, line) == doctest::Approx(3.5).epsilon(1e-12));
    CHECK(value(total_persistence<>{.degree = 0, .power = 2}, line) == doctest::Approx(5.25).epsilon(1e-12));
}

TEST_CASE("total persistence of degree 1 is the transport of the scale marginal of the signed measure") {
    const density_bifiltration<> bifiltration{};
    for (const std::uint64_t seed : {1, 2, 3}) {
        const matrix<double> points = clouds::circle(150, seed, 0.2);
        const signed_measure measure = hilbert_signed_measure(bifiltration.build(points, execution{}), 1);
        CHECK(total_persistence<>{}.value_and_gradient(points, execution{}).value ==
              doctest::Approx(marginal_lower_bound(measure, l1{})).epsilon(1e-9));
    }
}

TEST_CASE("the gradient of total persistence equals central differences") {
    std::int64_t compared = 0;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        const matrix<double> points =
            seed % 2 == 0 ? clouds::normal(25, seed) : clouds::circle(30, seed, 0.1);
        for (const int degree : {0, 1})
            for (const double power : {1.0, 2.0})
                compared +=
                    compare_with_differences(total_persistence<>{.degree = degree, .power = power}, points);
        compared += compare_with_differences(total_persistence{.filtration = rips{}, .power = 2}, points);
        compared += compare_with_differences(
            total_persistence{.filtration = density_slice{.codensity = 2.0}, .degree = 0}, points);
    }
    // In space, where only rips serves.
    for (const int degree : {0, 1, 2})
        compared += compare_with_differences(total_persistence{.filtration = rips{}, .degree = degree},
                                             clouds::normal(24, 1, 1.0, 6));
    CHECK(compared > 2000);
}

TEST_CASE("total persistence of more points than triangles could be listed of") {
    const matrix<double> points = clouds::circle(1500, 1, 0.02); // 10^8 triangles and more
    const double value =
        total_persistence{.filtration = rips{}, .power = 4}.value_and_gradient(points, execution{}).value;
    CHECK(std::sqrt(std::sqrt(value)) == doctest::Approx(std::sqrt(3.0) / 2).epsilon(0.05));
}

TEST_CASE("total persistence obeys the laws of a topological loss") {
    for (const std::int64_t n : {0, 1, 2, 3, 4, 60})
        for (const int degree : {0, 1})
            check_loss_laws(total_persistence<>{.degree = degree}, clouds::normal(n, 3));
    check_loss_laws(total_persistence<>{}, clouds::lattice(60, 1, 5));
    check_loss_laws(total_persistence<>{.power = 2}, clouds::line(30, 1));
    check_loss_laws(total_persistence<>{}, clouds::lattice(20, 1, 1));
    for (const int degree : {0, 1, 2}) {
        check_loss_laws(total_persistence{.filtration = rips{}, .degree = degree}, clouds::normal(30, 4));
        check_loss_laws(total_persistence{.filtration = rips{}, .degree = degree},
                        clouds::normal(30, 4, 1.0, 5));
        check_loss_laws(total_persistence{.filtration = rips{}, .degree = degree}, clouds::lattice(40, 1, 5));
    }
}

TEST_CASE("a power below 1 is refused") {
    CHECK_THROWS_WITH_AS(
        (void)total_persistence<>{.power = 0.5}.value_and_gradient(clouds::normal(5, 1), execution{}),
        "total_persistence: power is 0.5, must be finite and at least 1", std::invalid_argument);
}
