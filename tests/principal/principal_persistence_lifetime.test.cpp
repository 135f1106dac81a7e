// SPDX-License-Identifier: MIT
#include <topoprune/loss/sum_of_losses.hpp>
#include <topoprune/persistence/persistence_score.hpp>
#include <topoprune/principal/principal_persistence.hpp>
#include <topoprune/principal/principal_persistence_lifetime.hpp>

#include "laws/clouds.hpp"
#include "laws/loss_laws.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace topoprune;

TEST_CASE("the expected lifetime is the mean over the drawn measure, and in closed form for a square") {
    const matrix<double> points = clouds::circle(80, 1, 0.2);
    for (const int degree : {0, 1, 2})
        for (const double power : {1.0, 2.0, 3.5}) {
            const principal_persistence_sampling sampling{.samples = 30'000};
            const double value =
                principal_persistence_lifetime{degree, power, sampling}.value_and_gradient(points, {}).value;
            CHECK(value ==
                  doctest::Approx(mean_lifetime(principal_persistence(points, degree, sampling), power))
                      .epsilon(1e-12));
            CHECK(value > 0);
        }
    // 4! of the 4^4 draws with replacement take every corner once.
    const matrix<double> square{{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const double share = 24.0 / 256.0;
    const loss_value drawn =
        principal_persistence_lifetime{.sampling = {.samples = 400'000}}.value_and_gradient(square, {});
    CHECK(drawn.value == doctest::Approx(share * (std::numbers::sqrt2 - 1)).epsilon(0.02));
    const loss_value all =
        principal_persistence_lifetime{
            .sampling = {.samples = 1000, .draw = subset_draw::without_replacement}}
            .value_and_gradient(square, {});
    CHECK(all.value == doctest::Approx(std::numbers::sqrt2 - 1).epsilon(1e-12));
}

TEST_CASE("the gradient of the expected lifetime equals central differences") {
    std::int64_t compared = 0;
    for (const std::int64_t columns : {1, 2, 3, 10})
        for (const int degree : {0, 1, 2})
            for (const double power : {1.0, 2.0}) {
                const principal_persistence_lifetime loss{degree, power, {.samples = 700}};
                compared +=
                    compare_with_differences(weighted_loss{100.0, loss}, clouds::normal(14, 3, 1.0, columns));
            }
    CHECK(compared > 1000);
}

TEST_CASE("the expected lifetime obeys the laws of a topological loss") {
    for (const int degree : {0, 1, 2}) {
        const principal_persistence_lifetime loss{degree, 1.0, {.samples = 5000}};
        for (const std::int64_t n : {0, 1, 2, 3, 4, 60})
            check_loss_laws_in_order(loss, clouds::normal(n, 3));
        check_loss_laws_in_order(loss, clouds::lattice(60, 1, 5));
        check_loss_laws_in_order(loss, clouds::line(30, 1));
        check_loss_laws_in_order(loss, clouds::lattice(20, 1, 1));
    }
    check_loss_laws_in_order(principal_persistence_lifetime{.power = 2, .sampling = {.samples = 300'000}},
                             clouds::normal(50, 4, 1.0, 5));
    // Permutation on average over draws.
    const matrix<double> points = clouds::circle(60, 2, 0.2);
    const matrix<double> reversed = points.colwise().reverse();
    const principal_persistence_lifetime many{.sampling = {.samples = 2'000'000}};
    CHECK(many.value_and_gradient(points, {}).value ==
          doctest::Approx(many.value_and_gradient(reversed, {}).value).epsilon(0.01));
}

TEST_CASE("the expected lifetime serves as a persistence score") {
    static_assert(Score<persistence_score<principal_persistence_lifetime>>);
    const persistence_score score{.loss = principal_persistence_lifetime{}, .optimizer = adam{}};
    const matrix<double> points = clouds::circle(300, 1);
    const matrix<double> moved = score.ascend(points, execution{});
    // A hole grows by moving outwards.
    CHECK(moved.rowwise().norm().mean() > points.rowwise().norm().mean() + 0.01);
}

TEST_CASE("bad options of the expected lifetime are refused") {
    const matrix<double> points = clouds::normal(9, 1);
    const auto evaluate = [&](const principal_persistence_lifetime& loss) {
        return loss.value_and_gradient(points, {}).value;
    };
    CHECK_THROWS_WITH_AS((void)evaluate({.power = 0.5}),
                         "principal_persistence_lifetime: power is 0.5, must be finite and at least 1",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)evaluate({.sampling = {.samples = 0}}),
                         "principal_persistence_lifetime: samples is 0, must be between 1 and 2^50",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)evaluate({.degree = -1}), std::invalid_argument);
}
