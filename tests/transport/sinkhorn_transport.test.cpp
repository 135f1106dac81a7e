// SPDX-License-Identifier: MIT
#include <topoprune/transport/sinkhorn_transport.hpp>

#include "laws/measures.hpp"
#include "laws/transport_laws.hpp"

#include <topoprune/transport/exact_transport.hpp>

#include <cmath>

using namespace topoprune;

namespace {

/// Rows that lie near each other: far ones hardly exchange mass, and the iteration then takes very long.
signed_measure near_rows(std::int64_t pairs, std::uint64_t per_row, std::uint64_t seed) {
    signed_measure measure = measures::rows(pairs, per_row, seed);
    for (atom& a : measure)
        a.f *= 0.01;
    return measure;
}

template <class Norm>
void check_bracket(const transport_result& result, const signed_measure& measure) {
    REQUIRE(result.convergence);
    const double exact = exact_transport<Norm>{}.to_zero(measure, execution({.threads = 1})).cost;
    const double rounding = 1e-11 * (1 + exact);
    CHECK(result.convergence->dual <= exact + rounding);
    CHECK(result.convergence->primal >= exact - rounding);
    CHECK(result.convergence->gap == result.convergence->primal - result.convergence->dual);
    CHECK(result.lower_bound <= exact + rounding);
}

} // namespace

TEST_CASE_TEMPLATE("sinkhorn transport obeys the laws of a transport", Norm, l1, l2, l_infinity, squared_l2) {
    const sinkhorn_transport<Norm> policy{.tolerance = 1e-8, .max_iterations = 20000};
    check_transport_edges(policy);
    for (const std::uint64_t seed : {1U, 2U}) {
        check_transport_laws(policy, near_rows(30, 5, seed), false);
        check_transport_laws(policy, measures::uniform(25, seed), false);
        check_transport_laws(policy, measures::lattice(20, 5, 3, seed), false);
        check_transport_between(policy, measures::uniform(15, seed + 5), measures::uniform(10, seed), false);
        check_transport_corner(policy, measures::uniform(15, seed));
    }
}

TEST_CASE_TEMPLATE("the derivative is that of the regularized value", Norm, l1, l2, l_infinity, squared_l2) {
    const sinkhorn_transport<Norm> policy{.epsilon = 0.1, .tolerance = 1e-11, .max_iterations = 20000};
    check_transport_gradient(policy, measures::uniform(20, 1));
    const sinkhorn_transport<Norm> finer{.epsilon = 0.02, .tolerance = 1e-11, .max_iterations = 20000};
    check_transport_gradient(finer, near_rows(15, 3, 2));
}

TEST_CASE_TEMPLATE("primal and dual bracket the exact cost and close as epsilon falls", Norm, l1, l2,
                   l_infinity, squared_l2) {
    const execution one({.threads = 1});
    for (const signed_measure& measure :
         {measures::uniform(40, 3), near_rows(40, 4, 3), measures::lattice(20, 6, 3, 3)}) {
        const double exact = exact_transport<Norm>{}.to_zero(measure, one).cost;
        double mass = 0;
        for (const atom& a : measure)
            mass += std::max(0, a.mass);
        double gap_before = std::numeric_limits<double>::infinity();
        for (const double share : {2.0, 0.5, 0.1}) {
            const double epsilon = share * exact / mass;
            const transport_result result =
                sinkhorn_transport<Norm>{.epsilon = epsilon, .tolerance = 1e-5, .max_iterations = 20000}
                    .to_zero(measure, one);
            check_bracket<Norm>(result, measure);
            CHECK(result.convergence->converged);
            CHECK(result.convergence->mass_error <= 1e-5);
            CHECK(result.convergence->epsilon == epsilon);
            CHECK(result.convergence->gap < gap_before);
            CHECK(result.cost >= exact * (1 - 1e-6));
            // The entropy of a plan is at most log n.
            CHECK(result.cost <= exact + epsilon * mass * std::log(mass) + 1e-9);
            gap_before = result.convergence->gap;
        }
        CHECK(gap_before <= 0.2 * exact);
    }
}

TEST_CASE("two pairs have a closed form") {
    // Costs 0 on the diagonal and 1 off it, by symmetry P = (p, 1/2 - p), p / (1/2 - p) = exp(1 / epsilon).
    const signed_measure measure{{.r = 0, .f = 0, .mass = 1},
                                 {.r = 1, .f = 0, .mass = 1},
                                 {.r = 0, .f = 0, .mass = -1},
                                 {.r = 1, .f = 0, .mass = -1}};
    for (const double epsilon : {0.1, 0.5, 2.0}) {
        const double p = 0.5 / (1 + std::exp(-1 / epsilon));
        const double q = 0.5 - p;
        const double value = 2 * (2 * q + epsilon * (2 * p * std::log(4 * p) + 2 * q * std::log(4 * q)));
        const transport_result result =
            sinkhorn_transport<l2>{.epsilon = epsilon, .tolerance = 1e-12}.to_zero(measure,
                                                                                   execution({.threads = 1}));
        CHECK(result.cost == doctest::Approx(value).epsilon(1e-12));
        CHECK(result.convergence->primal == doctest::Approx(4 * q).epsilon(1e-11));
        CHECK(std::abs(result.convergence->dual) <= 1e-12);
    }
}

TEST_CASE("iterations that do not suffice are told, and the bracket holds even then") {
    const signed_measure measure = measures::uniform(60, 5);
    const transport_result result = sinkhorn_transport<l2>{.epsilon = 1e-3, .max_iterations = 3}.to_zero(
        measure, execution({.threads = 1}));
    REQUIRE(result.convergence);
    CHECK_FALSE(result.convergence->converged);
    CHECK(result.convergence->mass_error > 1e-6);
    CHECK(std::isfinite(result.cost));
    CHECK(result.convergence->iterations <= 4);
    check_bracket<l2>(result, measure);
    for (const double epsilon : {1e-300, 1e-9, 1e9, 1e300}) {
        const transport_result extreme =
            sinkhorn_transport<l2>{.epsilon = epsilon, .max_iterations = 30}.to_zero(
                measure, execution({.threads = 1}));
        CHECK(std::isfinite(extreme.cost));
        CHECK(std::isfinite(extreme.gradient[0][0]));
        CHECK(extreme.convergence->iterations <= 31);
        check_bracket<l2>(extreme, measure);
    }
}

TEST_CASE("large masses, tiny and huge coordinates, options out of range") {
    const execution one({.threads = 1});
    signed_measure heavy = measures::uniform(20, 6);
    const double light_cost = sinkhorn_transport<l1>{}.to_zero(heavy, one).cost;
    for (atom& a : heavy)
        a.mass *= 2'000'000'000;
    CHECK(sinkhorn_transport<l1>{}.to_zero(heavy, one).cost ==
          doctest::Approx(2e9 * light_cost).epsilon(1e-9));
    signed_measure vanishing = measures::uniform(20, 6);
    for (atom& a : vanishing) {
        a.r *= 1e-310;
        a.f *= 1e-310;
    }
    CHECK(sinkhorn_transport<l1>{}.to_zero(vanishing, one).cost == 0);
    for (const double scale : {1e-200, 1e-30, 1e30, 1e200}) {
        signed_measure measure = measures::uniform(20, 6);
        for (atom& a : measure) {
            a.r *= scale;
            a.f *= scale;
        }
        CHECK(sinkhorn_transport<l1>{}.to_zero(measure, one).cost / scale ==
              doctest::Approx(light_cost).epsilon(1e-9));
    }
    const signed_measure too_far{{.r = -1e308, .mass = 1}, {.r = 1e308, .mass = -1}};
    CHECK_THROWS_AS((void)sinkhorn_transport<l1>{}.to_zero(too_far, one), std::invalid_argument);
    CHECK_THROWS_AS((void)sinkhorn_transport<l1>{.epsilon = 0}.to_zero({}, one), std::invalid_argument);
    CHECK_THROWS_AS((void)sinkhorn_transport<l1>{.tolerance = 0}.to_zero({}, one), std::invalid_argument);
    CHECK_THROWS_AS((void)sinkhorn_transport<l1>{.max_iterations = 0}.to_zero({}, one),
                    std::invalid_argument);
}

TEST_CASE("a stopped sinkhorn run ends") {
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS((void)sinkhorn_transport{}.to_zero(measures::uniform(20, 1),
                                                       execution({.threads = 1, .stop = stop.get_token()})),
                    interrupted);
}
