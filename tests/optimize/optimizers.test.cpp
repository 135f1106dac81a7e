// SPDX-License-Identifier: MIT
#include <topoprune/optimize/adam.hpp>
#include <topoprune/optimize/gradient_ascent.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

using namespace topoprune;

TEST_CASE("the first step of Adam moves every coordinate with a slope by the learning rate") {
    const adam policy{.learning_rate = 0.01};
    matrix<double> points = matrix<double>::Zero(2, 2);
    matrix<double> gradient(2, 2);
    gradient << 5, -1e-3, 0, 1e6;
    auto state = policy.start(2, 2);
    policy.ascend(state, points, gradient);
    CHECK(points(0, 0) == doctest::Approx(0.01).epsilon(1e-6));
    CHECK(points(0, 1) == doctest::Approx(-0.01).epsilon(1e-4));
    CHECK(points(1, 0) == 0);
    CHECK(points(1, 1) == doctest::Approx(0.01).epsilon(1e-6));
}

TEST_CASE("Adam equals its textbook recursion, written out") {
    // Reference values of torch.optim.Adam(lr=0.1, maximize=True) on gradients 1, -2, 3, 0.5 from x = 0.
    const adam policy{.learning_rate = 0.1};
    matrix<double> x = matrix<double>::Zero(1, 1);
    auto state = policy.start(1, 1);
    double m = 0, v = 0, expected = 0;
    int t = 0;
    for (const double g : {1.0, -2.0, 3.0, 0.5}) {
        policy.ascend(state, x, matrix<double>(matrix<double>::Constant(1, 1, g)));
        ++t;
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        expected += 0.1 * (m / (1 - std::pow(0.9, t))) / (std::sqrt(v / (1 - std::pow(0.999, t))) + 1e-8);
        CHECK(x(0, 0) == doctest::Approx(expected).epsilon(1e-14));
    }
}

TEST_CASE("optimizers climb a hill with a known top") {
    const matrix<double> top = clouds::normal(5, 1);
    const auto climb = [&](const auto& policy) {
        matrix<double> points = matrix<double>::Zero(5, 2);
        auto state = policy.start(5, 2);
        for (int step = 0; step < policy.steps; ++step)
            policy.ascend(state, points, matrix<double>(2 * (top - points)));
        return (points - top).norm();
    };
    CHECK(climb(adam{.learning_rate = 0.05, .steps = 2000}) < 1e-3);
    CHECK(climb(gradient_ascent{.learning_rate = 0.1, .steps = 200}) < 1e-9);
}

TEST_CASE("senseless rates are refused by name") {
    CHECK_THROWS_WITH_AS((void)adam{.learning_rate = -1}.start(1, 1),
                         "adam: learning_rate is -1, must be positive and finite", std::invalid_argument);
    CHECK_THROWS_AS((void)adam{.steps = -1}.start(1, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)adam{.first_decay = 1}.start(1, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)gradient_ascent{.learning_rate = 0}.start(1, 1), std::invalid_argument);
}
