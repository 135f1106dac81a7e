// SPDX-License-Identifier: MIT
#include <topoprune/transport/sliced_transport.hpp>

#include "laws/measures.hpp"
#include "laws/transport_laws.hpp"

#include <topoprune/transport/exact_transport.hpp>

#include <cmath>
#include <numbers>

using namespace topoprune;

TEST_CASE_TEMPLATE("sliced transport obeys the laws of a transport", Norm, l1, l2, l_infinity, squared_l2) {
    for (const bool even : {true, false}) {
        const sliced_transport<Norm> policy{.n_directions = 11, .evenly_spaced = even};
        check_transport_edges(policy);
        for (const std::uint64_t seed : {1U, 2U}) {
            check_transport_laws(policy, measures::rows(60, 5, seed), false);
            check_transport_laws(policy, measures::uniform(50, seed), false);
            check_transport_laws(policy, measures::lattice(50, 5, 3, seed), false);
            check_transport_gradient(policy, measures::uniform(40, seed));
            check_transport_gradient(policy, measures::rows(40, 4, seed));
            check_transport_between(policy, measures::rows(40, 3, seed), measures::uniform(30, seed), false);
            check_transport_corner(policy, measures::uniform(20, seed));
        }
    }
    CHECK_THROWS_AS((void)sliced_transport<Norm>{.n_directions = 0}.to_zero({}, execution{}),
                    std::invalid_argument);
}

TEST_CASE("a single move has the mean of its projections, near 2 / pi of its length") {
    const signed_measure move{{.r = 1, .f = 2, .mass = 3}, {.r = 4, .f = 6, .mass = -3}};
    for (const int directions : {1, 2, 5, 50, 400}) {
        double lengths = 0;
        double squares = 0;
        for (int k = 0; k < directions; ++k) {
            const double angle = (k + 0.5) * std::numbers::pi / directions;
            const double t = 3 * std::cos(angle) + 4 * std::sin(angle);
            lengths += std::abs(t) / directions;
            squares += t * t / directions;
        }
        const double length = sliced_transport<l2>{.n_directions = directions}.to_zero(move, {}).cost;
        CHECK(length == doctest::Approx(3 * lengths).epsilon(1e-13));
        CHECK(std::abs(length - 15 * 2 / std::numbers::pi) <= 15.0 / (directions * directions));
        const double square = sliced_transport<squared_l2>{.n_directions = directions}.to_zero(move, {}).cost;
        CHECK(square == doctest::Approx(3 * squares).epsilon(1e-13));
        if (directions > 1)
            CHECK(square == doctest::Approx(75.0 / 2).epsilon(1e-12));
    }
}

TEST_CASE("sliced transport stays below 2 / pi of the exact cost, and below half of squares") {
    const execution one({.threads = 1});
    for (const std::uint64_t seed : {1U, 2U, 3U})
        for (const signed_measure& measure : {measures::uniform(80, seed), measures::rows(80, 4, seed)}) {
            const double exact = exact_transport<l2>{}.to_zero(measure, one).cost;
            const double sliced = sliced_transport<l2>{.n_directions = 200}.to_zero(measure, one).cost;
            CHECK(sliced <= exact * (2 / std::numbers::pi + 1e-4));
            CHECK(sliced > 0.1 * exact);
            CHECK(sliced_transport<squared_l2>{}.to_zero(measure, one).cost <=
                  exact_transport<squared_l2>{}.to_zero(measure, one).cost / 2 * (1 + 1e-12));
        }
}

TEST_CASE("drawn directions follow the seed of the run, even ones do not") {
    const signed_measure measure = measures::uniform(30, 1);
    const auto cost = [&](bool even, std::uint64_t seed) {
        return sliced_transport<l2>{.n_directions = 20, .evenly_spaced = even}
            .to_zero(measure, execution({.seed = seed}))
            .cost;
    };
    CHECK(cost(true, 1) == cost(true, 2));
    CHECK(cost(false, 1) == cost(false, 1));
    CHECK(cost(false, 1) != cost(false, 2));
    CHECK(cost(false, 1) == doctest::Approx(cost(true, 1)).epsilon(0.3));
}

TEST_CASE("a stopped sliced run ends") {
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS((void)sliced_transport{}.to_zero(measures::uniform(20, 1),
                                                     execution({.threads = 1, .stop = stop.get_token()})),
                    interrupted);
}
