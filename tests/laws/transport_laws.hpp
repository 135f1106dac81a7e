// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <topoprune/transport/transport.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

/// The derivative is that of the cost: by the r of each of the first atoms, and by the f of each of the first
/// whole rows. Only for measures without ties, where the cost is differentiable.
template <topoprune::Transport T>
void check_transport_gradient(const T& policy, const topoprune::signed_measure& measure) {
    using namespace topoprune;
    const execution one({.threads = 1});
    const transport_result result = policy.to_zero(measure, one);
    const double step = 1e-6;
    const auto cost_slope = [&](auto&& shift_by) {
        signed_measure moved = measure;
        shift_by(moved, step);
        const double above = policy.to_zero(moved, one).cost;
        moved = measure;
        shift_by(moved, -step);
        return (above - policy.to_zero(moved, one).cost) / (2 * step);
    };
    for (std::size_t i = 0; i < std::min<std::size_t>(measure.size(), 24); ++i) {
        const double by_r = cost_slope([&](signed_measure& m, double by) { m[i].r += by; });
        CHECK(result.gradient[i][0] == doctest::Approx(by_r).epsilon(1e-5).scale(1));

        const double f = measure[i].f;
        double row_gradient = 0;
        for (std::size_t j = 0; j < measure.size(); ++j)
            row_gradient += measure[j].f == f ? result.gradient[j][1] : 0;
        const double by_f = cost_slope([&](signed_measure& m, double by) {
            for (atom& a : m)
                if (a.f == f)
                    a.f += by;
        });
        CHECK(row_gradient == doctest::Approx(by_f).epsilon(1e-5).scale(1));
    }
}

/// What every Transport with a ground norm must do and no compiler can check.
template <topoprune::Transport T>
void check_transport_laws(const T& policy, const topoprune::signed_measure& measure) {
    using namespace topoprune;
    const execution one({.threads = 1});
    const transport_result result = policy.to_zero(measure, one);
    const double rounding = 1e-12 * (1 + result.cost);

    // The plan moves exactly what there is, from positive to negative atoms, each pair once, in order.
    std::vector<std::int64_t> moved(measure.size(), 0);
    double plan_cost = 0;
    for (const transport_move& m : result.plan) {
        const auto from = static_cast<std::size_t>(m.from);
        const auto to = static_cast<std::size_t>(m.to);
        REQUIRE(from < measure.size());
        REQUIRE(to < measure.size());
        CHECK(m.mass > 0);
        moved[from] += m.mass;
        moved[to] -= m.mass;
        plan_cost += static_cast<double>(m.mass) *
                     policy.norm.cost(measure[from].r - measure[to].r, measure[from].f - measure[to].f);
    }
    for (std::size_t i = 0; i < measure.size(); ++i)
        CHECK(moved[i] == measure[i].mass);
    CHECK(std::is_sorted(result.plan.begin(), result.plan.end(), [](const auto& a, const auto& b) {
        return a.from != b.from ? a.from < b.from : a.to < b.to;
    }));
    CHECK(std::abs(result.cost - plan_cost) <= rounding);
    CHECK(result.lower_bound <= result.cost + rounding);
    CHECK(result.lower_bound >= 0);

    // Moving everything together costs nothing.
    REQUIRE(result.gradient.size() == measure.size());
    for (const std::size_t axis : {std::size_t{0}, std::size_t{1}}) {
        double sum = 0;
        for (const auto& entry : result.gradient)
            sum += entry[axis];
        CHECK(std::abs(sum) <= 1e-12 * (1 + static_cast<double>(measure.size())));
    }
    signed_measure shifted = measure;
    for (atom& a : shifted) {
        a.r += 0.25;
        a.f -= 3;
    }
    CHECK(std::abs(policy.to_zero(shifted, one).cost - result.cost) <= rounding);

    // The cost scales as the norm does, exactly so by a power of two.
    signed_measure scaled = measure;
    for (atom& a : scaled) {
        a.r *= 4;
        a.f *= 4;
    }
    CHECK(policy.to_zero(scaled, one).cost == result.cost * (policy.norm.cost(4.0, 0.0)));

    // The way back is as long.
    signed_measure negated = measure;
    for (atom& a : negated)
        a.mass = -a.mass;
    CHECK(std::abs(policy.to_zero(negated, one).cost - result.cost) <= rounding);

    for (const int threads : {2, 3, 8}) {
        const transport_result again = policy.to_zero(measure, execution({.threads = threads}));
        CHECK(again.cost == result.cost);
        CHECK(again.lower_bound == result.lower_bound);
        CHECK(again.gradient == result.gradient);
        CHECK(std::equal(again.plan.begin(), again.plan.end(), result.plan.begin(), result.plan.end(),
                         [](const transport_move& a, const transport_move& b) {
                             return a.from == b.from && a.to == b.to && a.mass == b.mass;
                         }));
    }
}

/// What it does with nothing, and what it refuses.
template <topoprune::Transport T>
void check_transport_edges(const T& policy) {
    using namespace topoprune;
    const execution one({.threads = 1});
    const transport_result nothing = policy.to_zero({}, one);
    CHECK(nothing.cost == 0);
    CHECK(nothing.lower_bound == 0);
    CHECK(nothing.gradient.empty());
    CHECK(nothing.plan.empty());

    const transport_result massless = policy.to_zero({{.r = 1, .f = 2, .mass = 0}}, one);
    CHECK(massless.cost == 0);
    CHECK(massless.gradient == std::vector<std::array<double, 2>>{{0, 0}});

    const signed_measure in_place{{.r = 1, .f = 2, .mass = 3}, {.r = 1, .f = 2, .mass = -3}};
    const transport_result still = policy.to_zero(in_place, one);
    CHECK(still.cost == 0);
    CHECK(still.gradient == std::vector<std::array<double, 2>>{{0, 0}, {0, 0}});

    const signed_measure unbalanced{{.r = 0, .f = 0, .mass = 17}, {.r = 1, .f = 0, .mass = -13}};
    try {
        (void)policy.to_zero(unbalanced, one);
        FAIL("an unbalanced measure was accepted");
    } catch (const std::invalid_argument& error) {
        const std::string message = error.what();
        CHECK(message.find("17") != std::string::npos);
        CHECK(message.find("13") != std::string::npos);
    }
    for (const double bad :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        CHECK_THROWS_AS((void)policy.to_zero({{.r = bad, .mass = 1}, {.r = 1, .mass = -1}}, one),
                        std::invalid_argument);
        CHECK_THROWS_AS((void)policy.to_zero({{.f = bad, .mass = 1}, {.r = 1, .mass = -1}}, one),
                        std::invalid_argument);
    }
}
