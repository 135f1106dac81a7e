// SPDX-License-Identifier: MIT
#include <topoprune/transport/exact_transport.hpp>
#include <topoprune/transport/row_transport.hpp>
#include <topoprune/transport/sinkhorn_transport.hpp>
#include <topoprune/transport/sliced_transport.hpp>

#include "assignment_oracles.hpp"
#include "laws/measures.hpp"
#include "laws/transport_laws.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <string>

using namespace topoprune;

namespace {

/// No gap, and a finer unit than any test can see.
void check_certificate(const transport_result& result) {
    REQUIRE(result.certificate);
    CHECK(result.certificate->primal == result.certificate->dual);
    CHECK(result.certificate->gap == 0);
    CHECK(result.cost ==
          doctest::Approx(static_cast<double>(result.certificate->primal) * result.certificate->unit)
              .epsilon(1e-10));
}

signed_measure merged(signed_measure measure) {
    merge_equal_grades(measure);
    return measure;
}

/// A ground norm of a user.
struct mostly_scale {
    [[maybe_unused]] static constexpr std::string_view name = "mostly scale";
    template <class Real>
    [[nodiscard]] Real cost(Real dr, Real df) const {
        using std::abs;
        return abs(dr) + abs(df) * Real(0.125);
    }
    [[nodiscard]] std::array<double, 2> derivative(double dr, double df) const {
        return {detail::sign(dr), 0.125 * detail::sign(df)};
    }
};
static_assert(Transport<exact_transport<mostly_scale>>);

} // namespace

TEST_CASE_TEMPLATE("exact transport obeys the laws of a transport", Norm, l1, l2, l_infinity, squared_l2,
                   mostly_scale) {
    const exact_transport<Norm> policy;
    check_transport_edges(policy);
    for (const std::uint64_t seed : {1U, 2U}) {
        check_transport_laws(policy, measures::rows(150, 5, seed));
        check_transport_laws(policy, measures::uniform(120, seed));
        check_transport_laws(policy, measures::lattice(100, 6, 3, seed));
        check_transport_gradient(policy, measures::rows(50, 4, seed));
        check_transport_gradient(policy, measures::uniform(40, seed));
        check_transport_between(policy, measures::rows(60, 3, seed), measures::uniform(50, seed));
        check_transport_between(policy, merged(measures::lattice(40, 9, 3, seed)),
                                merged(measures::lattice(30, 9, 3, 7)));
        check_transport_corner(policy, measures::uniform(40, seed));
        check_transport_corner(policy, merged(measures::lattice(30, 8, 3, seed)));
    }
}

TEST_CASE_TEMPLATE("the cost between two measures has its derivative by the atoms of both", Norm, l1, l2,
                   l_infinity, squared_l2) {
    const execution one({.threads = 1});
    const exact_transport<Norm> policy;
    for (const std::uint64_t seed : {1U, 2U}) {
        const signed_measure mu = measures::uniform(15, seed);
        const signed_measure nu = measures::rows(10, 2, seed);
        const transport_result result = policy.between(mu, nu, one);
        const auto check = [&](bool of_mu, std::size_t atom, std::size_t axis) {
            const auto cost_at = [&](double shift) {
                signed_measure a = mu;
                signed_measure b = nu;
                auto& moved = of_mu ? a[atom] : b[atom];
                (axis == 0 ? moved.r : moved.f) += shift;
                return policy.between(a, b, one).cost;
            };
            const double expected = (cost_at(1e-6) - cost_at(-1e-6)) / 2e-6;
            const double found = result.gradient[of_mu ? atom : mu.size() + atom][axis];
            CHECK(found == doctest::Approx(expected).epsilon(1e-6).scale(1));
        };
        for (std::size_t i = 0; i < 10; ++i) {
            check(true, i, 0);
            check(true, i, 1);
            check(false, i, 0);
        }
    }
}

TEST_CASE("between cancels what is equal, in whole or in part, and refuses what is unbalanced") {
    const execution one({.threads = 1});
    const signed_measure mu{{.r = 0, .f = 0, .mass = 5}, {.r = 1, .f = 0, .mass = -2}};
    const signed_measure nu{{.r = 0, .f = 0, .mass = 3}};
    // 5 - 3 stay at 0 and go to 1; squares would pay for masses that pass each other.
    const transport_result result = exact_transport<squared_l2>{}.between(mu, nu, one);
    CHECK(result.cost == 2);
    CHECK(result.gradient == std::vector<std::array<double, 2>>{{-4, 0}, {4, 0}, {0, 0}});
    CHECK_THROWS_AS((void)exact_transport{}.between(mu, {}, one), std::invalid_argument);
    // 3 at 0 against nothing, closed 4 away.
    const exact_transport<l2> closing{.corner = {{4, 0}}};
    CHECK(closing.to_zero(nu, one).cost == 12);
    CHECK(closing.to_zero(nu, one).gradient == std::vector<std::array<double, 2>>{{-3, 0}});
    CHECK(closing.between({}, nu, one).cost == 12);
    CHECK(closing.to_zero({}, one).cost == 0);
}

TEST_CASE("W_2^2 moves what two measures share where that is cheaper") {
    const execution one({.threads = 1});
    // 0 and 1 to 1 and 2: each by one costs 2; were 1 to stay, 0 to 2 would cost 4.
    const signed_measure from{{.r = 0, .mass = 1}, {.r = 1, .mass = 1}};
    const signed_measure to{{.r = 1, .mass = 1}, {.r = 2, .mass = 1}};
    const transport_result moved = exact_transport<squared_l2>{}.between(from, to, one);
    CHECK(moved.cost == 2);
    CHECK(moved.certificate->primal == moved.certificate->dual);
    CHECK(moved.lower_bound <= moved.cost);
    CHECK(moved.gradient[0] == std::array<double, 2>{-2, 0});
    CHECK(exact_transport<l2>{}.between(from, to, one).cost == 2);
    CHECK(row_transport<squared_l2>{}.between(from, to, one).cost == 2);
    CHECK(sliced_transport<squared_l2>{}.between(from, to, one).cost <= 2);
    CHECK(exact_transport<squared_l2>{}.between(from, from, one).cost == 0);
    // Against all permutations, for measures of unit masses on a small grid, which share many places.
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const random_stream random(seed, 77);
        constexpr std::size_t count = 6;
        signed_measure mu, nu;
        for (std::size_t i = 0; i < 2 * count; ++i)
            (i < count ? mu : nu)
                .push_back({.r = static_cast<double>(random.below(2 * i, 3)),
                            .f = static_cast<double>(random.below(2 * i + 1, 2)),
                            .mass = 1});
        std::vector<std::size_t> order(count);
        std::iota(order.begin(), order.end(), std::size_t{0});
        double best = 1e300;
        do {
            double cost = 0;
            for (std::size_t i = 0; i < count; ++i)
                cost += squared_l2{}.cost(mu[i].r - nu[order[i]].r, mu[i].f - nu[order[i]].f);
            best = std::min(best, cost);
        } while (std::next_permutation(order.begin(), order.end()));
        CHECK(exact_transport<squared_l2>{}.between(mu, nu, one).cost == best);
    }
}

TEST_CASE("a cost that overflows is refused, whatever the method") {
    const execution one({.threads = 1});
    const signed_measure heavy{{.r = 0, .mass = 1000}, {.r = 1e306, .mass = -1000}};
    CHECK_THROWS_AS((void)exact_transport{}.to_zero(heavy, one), std::invalid_argument);
    CHECK_THROWS_AS((void)row_transport{}.to_zero(heavy, one), std::invalid_argument);
    CHECK_THROWS_AS((void)sliced_transport{}.to_zero(heavy, one), std::invalid_argument);
    CHECK_THROWS_AS((void)sinkhorn_transport{}.to_zero(heavy, one), std::invalid_argument);
}

namespace {

/// Measures with the costs that a network simplex on the dense matrix found (tests/data/record_transport.py).
struct recorded_measure {
    std::string name;
    std::array<double, 4> costs{};
    signed_measure measure;
};

std::vector<recorded_measure> read_recorded() {
    std::ifstream in(TOPOPRUNE_TEST_DATA "/transport/costs.txt");
    std::vector<recorded_measure> found;
    recorded_measure next;
    for (std::size_t atoms = 0; in >> next.name >> atoms;) {
        for (double& cost : next.costs)
            in >> cost;
        next.measure.resize(atoms);
        for (atom& a : next.measure)
            in >> a.r >> a.f >> a.mass;
        found.push_back(next);
    }
    return found;
}

} // namespace

TEST_CASE("exact transport agrees with the costs recorded from a dense solver") {
    const std::vector<recorded_measure> recorded = read_recorded();
    REQUIRE(recorded.size() == 7);
    const execution one({.threads = 1});
    for (const recorded_measure& each : recorded) {
        CAPTURE(each.name);
        const std::array<transport_result, 4> results{
            exact_transport<l1>{}.to_zero(each.measure, one),
            exact_transport<l2>{}.to_zero(each.measure, one),
            exact_transport<l_infinity>{}.to_zero(each.measure, one),
            exact_transport<squared_l2>{}.to_zero(each.measure, one)};
        for (std::size_t norm = 0; norm < 4; ++norm) {
            CHECK(std::abs(results[norm].cost - each.costs[norm]) <= 1e-9 * each.costs[norm]);
            check_certificate(results[norm]);
        }
    }
}

TEST_CASE_TEMPLATE("exact transport is the best of all permutations", Norm, l1, l2, l_infinity, squared_l2) {
    const execution one({.threads = 1});
    for (std::uint64_t seed = 0; seed < 120; ++seed) {
        const auto pairs = static_cast<std::int64_t>(1 + seed % 6);
        // Few candidates, so that pricing has work to do; more than there are points, too.
        const exact_transport<Norm> policy{.n_candidates = seed % 2 == 0 ? 1 : 20};
        signed_measure small_masses = measures::lattice(2, 3, 2, seed);
        for (const signed_measure& measure :
             {measures::uniform(pairs, seed), measures::lattice(pairs, 3, 1, seed),
              measures::rows(pairs, 3, seed), small_masses}) {
            const transport_result result = policy.to_zero(measure, one);
            const double best = oracles::least_over_permutations(policy.norm, measure);
            CHECK(std::abs(result.cost - best) <= 1e-12);
            check_certificate(result);
        }
    }
    const signed_measure seven = measures::uniform(7, 99);
    CHECK(exact_transport<Norm>{}.to_zero(seven, one).cost ==
          doctest::Approx(oracles::least_over_permutations(Norm{}, seven)).epsilon(1e-13));
}

TEST_CASE_TEMPLATE("exact transport agrees with the Hungarian method", Norm, l1, l2, l_infinity, squared_l2) {
    const execution one({.threads = 1});
    for (std::uint64_t seed = 0; seed < 6; ++seed)
        for (const signed_measure& measure :
             {measures::uniform(60, seed), measures::rows(60, 6, seed), measures::lattice(60, 8, 1, seed),
              measures::lattice(25, 5, 4, seed)}) {
            const transport_result result = exact_transport<Norm>{.n_candidates = 3}.to_zero(measure, one);
            CHECK(result.cost == doctest::Approx(oracles::hungarian(Norm{}, measure)).epsilon(1e-11));
            check_certificate(result);
        }
}

TEST_CASE_TEMPLATE("on a line the exact cost is the marginal bound", Norm, l1, l2, l_infinity, squared_l2) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        signed_measure measure = measures::uniform(200, seed);
        for (atom& a : measure)
            a.f = 2.5;
        const transport_result result = exact_transport<Norm>{}.to_zero(measure, execution{});
        CHECK(result.cost == doctest::Approx(result.lower_bound).epsilon(1e-11));
        check_certificate(result);
    }
}

TEST_CASE_TEMPLATE("ties by the thousand do not trouble the certificate", Norm, l1, l2, l_infinity,
                   squared_l2) {
    const execution one({.threads = 1});
    for (const std::uint64_t side : {3U, 20U, 100U}) {
        const signed_measure measure = measures::lattice(500, side, side == 20 ? 50 : 1, side);
        check_certificate(exact_transport<Norm>{}.to_zero(measure, one));
    }
}

TEST_CASE("the costs of the four ground norms bound each other") {
    const execution one({.threads = 1});
    for (const std::uint64_t seed : {1U, 2U, 3U})
        for (const signed_measure& measure : {measures::uniform(300, seed), measures::rows(300, 4, seed)}) {
            const double manhattan = exact_transport<l1>{}.to_zero(measure, one).cost;
            const double euclidean = exact_transport<l2>{}.to_zero(measure, one).cost;
            const double largest = exact_transport<l_infinity>{}.to_zero(measure, one).cost;
            const double squared = exact_transport<squared_l2>{}.to_zero(measure, one).cost;
            const double rounding = 1 + 1e-12;
            CHECK(largest <= euclidean * rounding);
            CHECK(euclidean <= manhattan * rounding);
            CHECK(manhattan <= 2 * largest * rounding);
            CHECK(euclidean * euclidean <= squared * 300 * rounding);
        }
}

TEST_CASE_TEMPLATE("bounds and candidates", Norm, l1, l2, l_infinity, squared_l2) {
    const execution one({.threads = 1});
    for (const signed_measure& measure :
         {measures::uniform(150, 4), measures::rows(150, 6, 4), measures::lattice(150, 12, 2, 4)}) {
        const transport_result exact = exact_transport<Norm>{}.to_zero(measure, one);
        CHECK(row_transport<Norm>{}.to_zero(measure, one).cost >= exact.cost * (1 - 1e-12));
        for (const int candidates : {1, 2, 30, 100000})
            CHECK(exact_transport<Norm>{.n_candidates = candidates}.to_zero(measure, one).cost ==
                  doctest::Approx(exact.cost).epsilon(1e-11));
    }
    CHECK_THROWS_AS((void)exact_transport<Norm>{.n_candidates = 0}.to_zero({}, one), std::invalid_argument);
}

TEST_CASE("a mass counts as that many units at one place") {
    const execution one({.threads = 1});
    const signed_measure measure = measures::lattice(40, 30, 9, 5);
    signed_measure units;
    for (atom a : measure) {
        const std::int32_t count = std::abs(a.mass);
        a.mass /= count;
        units.insert(units.end(), static_cast<std::size_t>(count), a);
    }
    CHECK(exact_transport<l2>{}.to_zero(units, one).cost ==
          doctest::Approx(exact_transport<l2>{}.to_zero(measure, one).cost).epsilon(1e-12));
}

TEST_CASE("large masses, tiny and huge coordinates keep the certificate") {
    const execution one({.threads = 1});
    signed_measure heavy = measures::uniform(50, 6);
    for (atom& a : heavy)
        a.mass *= 2'000'000'000;
    const double light_cost = exact_transport<l1>{}.to_zero(measures::uniform(50, 6), one).cost;
    const transport_result heavy_result = exact_transport<l1>{}.to_zero(heavy, one);
    CHECK(heavy_result.certificate->gap == 0);
    CHECK(heavy_result.cost == doctest::Approx(2e9 * light_cost).epsilon(1e-6));

    // Squares of the two outermost scales leave the range of a double: then no neighbors are found.
    for (const double scale : {1e-200, 1e-30, 1e30, 1e200}) {
        signed_measure measure = measures::uniform(50, 7);
        const double unscaled = exact_transport<l1>{}.to_zero(measure, one).cost;
        for (atom& a : measure) {
            a.r *= scale;
            a.f *= scale;
        }
        const transport_result result = exact_transport<l1>{}.to_zero(measure, one);
        CHECK(result.certificate->gap == 0);
        CHECK(result.cost / scale == doctest::Approx(unscaled).epsilon(1e-11));
    }
    for (const double scale : {1e-140, 1e-30, 1e30, 1e140}) {
        signed_measure measure = measures::uniform(50, 7);
        const double unscaled = exact_transport<l2>{}.to_zero(measure, one).cost;
        for (atom& a : measure) {
            a.r *= scale;
            a.f *= scale;
        }
        const transport_result result = exact_transport<l2>{}.to_zero(measure, one);
        CHECK(result.certificate->gap == 0);
        CHECK(result.cost / scale == doctest::Approx(unscaled).epsilon(1e-11));
    }
    const signed_measure too_far{{.r = -1e308, .mass = 1}, {.r = 1e308, .mass = -1}};
    CHECK_THROWS_AS((void)exact_transport<l1>{}.to_zero(too_far, one), std::invalid_argument);
    CHECK_THROWS_AS(
        (void)exact_transport<squared_l2>{}.to_zero({{.r = 0, .mass = 1}, {.r = 1e200, .mass = -1}}, one),
        std::invalid_argument);
}

TEST_CASE("the known transport of two crossing pairs") {
    // Straight across costs 1 + 1, along the rows 3 + 3.
    const signed_measure measure{{.r = 0, .f = 0, .mass = 1},
                                 {.r = 3, .f = 0, .mass = -1},
                                 {.r = 3, .f = 1, .mass = 1},
                                 {.r = 0, .f = 1, .mass = -1}};
    const transport_result result = exact_transport{.norm = l2{}}.to_zero(measure, execution{});
    CHECK(result.cost == 2);
    CHECK(result.gradient[0] == std::array<double, 2>{0, -1});
    CHECK(result.gradient[3] == std::array<double, 2>{0, 1});
    CHECK(row_transport{.norm = l2{}}.to_zero(measure, execution{}).cost == 6);
}

TEST_CASE("a stopped run ends") {
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS((void)exact_transport{}.to_zero(measures::uniform(20, 1),
                                                    execution({.threads = 1, .stop = stop.get_token()})),
                    interrupted);
}
