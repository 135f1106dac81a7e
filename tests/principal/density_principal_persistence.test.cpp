// SPDX-License-Identifier: MIT
#include <topoprune/density/given_values.hpp>
#include <topoprune/loss/sum_of_losses.hpp>
#include <topoprune/principal/density_principal_persistence.hpp>
#include <topoprune/principal/principal_persistence.hpp>
#include <topoprune/principal/principal_persistence_lifetime.hpp>
#include <topoprune/transport/row_transport.hpp>

#include "laws/clouds.hpp"
#include "laws/loss_laws.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace topoprune;

TEST_CASE("every bar is one rectangle from the largest codensity of its subset on") {
    const matrix<double> points = clouds::circle(40, 1, 0.2);
    std::vector<double> codensity;
    for (int i = 0; i < 40; ++i)
        codensity.push_back((i * 7) % 40);
    for (const int degree : {0, 1, 2}) {
        const principal_persistence_sampling sampling{.samples = 3000};
        const principal_measure measure = principal_persistence(points, degree, sampling);
        const signed_measure atoms = principal_signed_measure(points, codensity, degree, sampling);
        REQUIRE(atoms.size() == 2 * measure.pairs.size());
        REQUIRE(!atoms.empty());
        std::int64_t wrong = 0;
        for (std::size_t i = 0; i < measure.pairs.size(); ++i) {
            const principal_pair& pair = measure.pairs[i];
            const atom& born = atoms[2 * i];
            const atom& dead = atoms[2 * i + 1];
            wrong += born.mass != 1 || dead.mass != -1 || born.f != dead.f || born.r != pair.birth / 2 ||
                     dead.r != (pair.birth + pair.lifetime) / 2 || born.edge_u != pair.birth_u ||
                     dead.edge_v != pair.death_v;
            for (const std::int32_t point : {pair.birth_u, pair.birth_v, pair.death_u, pair.death_v})
                wrong += point >= 0 && codensity[static_cast<std::size_t>(point)] > born.f;
            wrong += codensity[static_cast<std::size_t>(born.vertex)] != born.f;
        }
        CHECK(wrong == 0);
    }
    // All four points of a subset count, also the one that sets no grade.
    const matrix<double> square{{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    for (std::size_t highest = 0; highest < 4; ++highest) {
        std::vector<double> values(4, 0.0);
        values[highest] = 1;
        for (const atom& a : principal_signed_measure(
                 square, values, 1, {.samples = 20, .draw = subset_draw::without_replacement}))
            CHECK(a.f == 1);
    }
}

TEST_CASE("with one codensity for all points nothing but lifetimes counts") {
    const matrix<double> points = clouds::circle(60, 1, 0.1);
    const principal_persistence_sampling sampling{.samples = 5000};
    const auto density = given_values{.values = std::vector<double>(60, 0.0)};
    const double value =
        density_principal_persistence<given_values, row_transport<>>{.density = density, .sampling = sampling}
            .value_and_gradient(points, execution{})
            .value;
    const double exact = density_principal_persistence<given_values>{.density = density, .sampling = sampling}
                             .value_and_gradient(points, execution{})
                             .value;
    CHECK(value == doctest::Approx(exact).epsilon(1e-6));
    const double lifetime =
        principal_persistence_lifetime{.sampling = sampling}.value_and_gradient(points, execution{}).value;
    CHECK(exact == doctest::Approx(lifetime / 2).epsilon(1e-6));
}

TEST_CASE("the gradient of the two-parameter loss equals central differences") {
    std::int64_t compared = 0;
    for (const std::int64_t columns : {2, 3})
        for (const int degree : {0, 1}) {
            const density_principal_persistence<> loss{
                .density = {.bandwidth = 0.5}, .degree = degree, .sampling = {.samples = 500}};
            const matrix<double> points = clouds::normal(20, 5, 1.0, columns);
            compared += compare_with_differences(weighted_loss{100.0, loss}, points);
            compared += compare_with_differences(
                weighted_loss{
                    100.0,
                    density_principal_persistence<gaussian_kde, row_transport<>>{
                        .density = {.bandwidth = 0.5}, .degree = degree, .sampling = {.samples = 500}}},
                points);
        }
    CHECK(compared > 300);
}

TEST_CASE("the two-parameter loss obeys the laws of a topological loss") {
    const density_principal_persistence<> loss{.density = {.bandwidth = 0.5}, .sampling = {.samples = 2000}};
    for (const std::int64_t n : {0, 1, 2, 3, 4, 50})
        check_loss_laws_in_order(loss, clouds::normal(n, 3));
    check_loss_laws_in_order(loss, clouds::lattice(40, 1, 4));
    check_loss_laws_in_order(loss, clouds::lattice(20, 1, 1));
}

TEST_CASE("bad input of the two-parameter measure is refused") {
    const matrix<double> points = clouds::normal(5, 1);
    CHECK_THROWS_WITH_AS(
        (void)principal_signed_measure(points, std::vector<double>(4), 1, {.samples = 5}),
        "principal_signed_measure: the number of codensities is 4, must be that of the points, 5",
        std::invalid_argument);
    CHECK_THROWS_AS((void)principal_signed_measure(points, std::vector<double>(5), 2, {.samples = 5}),
                    std::invalid_argument);
}
