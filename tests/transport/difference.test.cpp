// SPDX-License-Identifier: MIT
#include <topoprune/transport/difference.hpp>

#include "laws/measures.hpp"

#include <doctest/doctest.h>
#include <topoprune/transport/exact_transport.hpp>

using namespace topoprune;

TEST_CASE("the difference keeps the atoms in their order, with their ids") {
    const signed_measure mu = measures::rows(4, 2, 1);
    const signed_measure nu = measures::rows(6, 3, 2);
    const signed_measure both = difference(mu, nu);
    REQUIRE(both.size() == mu.size() + nu.size());
    CHECK(both[1].mass == mu[1].mass);
    CHECK(both[mu.size() + 3].mass == -nu[3].mass);
    CHECK(both[mu.size() + 3].vertex == nu[3].vertex);
    CHECK(both[mu.size() + 3].r == nu[3].r);
    CHECK_THROWS_AS((void)difference(mu, {{.mass = std::numeric_limits<std::int32_t>::min()}}),
                    std::invalid_argument);
}

TEST_CASE_TEMPLATE("the transport of a difference is a distance", Norm, l1, l2, l_infinity) {
    const exact_transport<Norm> policy;
    const execution one({.threads = 1});
    const auto distance = [&](const signed_measure& a, const signed_measure& b) {
        return policy.to_zero(difference(a, b), one).cost;
    };
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const signed_measure a = measures::rows(40, 3, seed);
        const signed_measure b = measures::uniform(30, seed);
        const signed_measure c = measures::rows(20, 2, seed + 10);
        CHECK(distance(a, a) == 0);
        CHECK(distance(a, b) > 0);
        CHECK(distance(a, b) == doctest::Approx(distance(b, a)).epsilon(1e-12));
        CHECK(distance(a, c) <= (distance(a, b) + distance(b, c)) * (1 + 1e-12));
        CHECK(distance(a, {}) == policy.to_zero(a, one).cost);
    }
}
