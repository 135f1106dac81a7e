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
        CHECK(result.gradient[i][0] == doctest::Approx(by_r).epsilon(1e-6).scale(1));

        const double f = measure[i].f;
        double row_gradient = 0;
        for (std::size_t j = 0; j < measure.size(); ++j)
            row_gradient += measure[j].f == f ? result.gradient[j][1] : 0;
        const double by_f = cost_slope([&](signed_measure& m, double by) {
            for (atom& a : m)
                if (a.f == f)
                    a.f += by;
        });
        CHECK(row_gradient == doctest::Approx(by_f).epsilon(1e-6).scale(1));
    }
}

/// The plan moves exactly what there is, from positive to negative atoms, each pair once, in order.
template <topoprune::Transport T>
void check_plan(const T& policy, const topoprune::signed_measure& measure,
                const topoprune::transport_result& result) {
    using namespace topoprune;
    const double rounding = 1e-12 * (1 + result.cost);
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
}

/// What every Transport with a ground norm must do and no compiler can check. Some have no plan to show.
template <topoprune::Transport T>
void check_transport_laws(const T& policy, const topoprune::signed_measure& measure, bool has_plan = true) {
    using namespace topoprune;
    const execution one({.threads = 1});
    const transport_result result = policy.to_zero(measure, one);
    const double rounding = 1e-12 * (1 + result.cost);
    if (has_plan)
        check_plan(policy, measure, result);
    else
        CHECK(result.plan.empty());
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

/// What `between` must do: a distance of the difference, in which equal atoms cancel. The grades of a measure
/// are pairwise different.
template <topoprune::Transport T>
void check_transport_between(const T& policy, const topoprune::signed_measure& mu,
                             const topoprune::signed_measure& nu, bool has_plan = true) {
    using namespace topoprune;
    const execution one({.threads = 1});
    const transport_result itself = policy.between(mu, mu, one);
    CHECK(itself.cost == 0);
    CHECK(itself.lower_bound == 0);
    CHECK(itself.gradient == std::vector<std::array<double, 2>>(2 * mu.size(), {0, 0}));

    const transport_result result = policy.between(mu, nu, one);
    REQUIRE(result.gradient.size() == mu.size() + nu.size());
    CHECK(result.lower_bound <= result.cost * (1 + 1e-12));
    signed_measure both = mu;
    for (atom a : nu) {
        a.mass = -a.mass;
        both.push_back(a);
    }
    if (has_plan)
        check_plan(policy, both, result);
    CHECK(policy.between(nu, mu, one).cost == doctest::Approx(result.cost).epsilon(1e-11));
    CHECK(policy.between(nu, mu, one).gradient.size() == result.gradient.size());
    CHECK(policy.between(mu, {}, one).cost == doctest::Approx(policy.to_zero(mu, one).cost).epsilon(1e-11));
    CHECK(policy.between({}, nu, one).cost == doctest::Approx(policy.to_zero(nu, one).cost).epsilon(1e-11));

    // What both have in common makes no difference, for a metric.
    const signed_measure common{{.r = 7, .f = -2, .mass = 5}, {.r = 9, .f = 1, .mass = -3}};
    signed_measure more_mu = mu;
    signed_measure more_nu = nu;
    for (const atom& a : common) {
        more_mu.push_back(a);
        more_nu.insert(more_nu.begin(), a);
    }
    const transport_result more = policy.between(more_mu, more_nu, one);
    if constexpr (is_metric<decltype(T::norm)>()) {
        CHECK(more.cost == doctest::Approx(result.cost).epsilon(1e-11));
        CHECK(more.gradient[mu.size()] == std::array<double, 2>{0, 0});
    }

    const signed_measure single{{.r = 0.5, .f = 0.25, .mass = 1}};
    CHECK_THROWS_AS((void)policy.between(mu, single, one), std::invalid_argument);
    CHECK_THROWS_AS((void)policy.between(mu, {{.mass = std::numeric_limits<std::int32_t>::min()}}, one),
                    std::invalid_argument);
}

/// A policy that closes unbalanced measures at `corner` sees them as if the missing mass stood there.
template <topoprune::Transport T>
void check_transport_corner(T policy, const topoprune::signed_measure& measure) {
    using namespace topoprune;
    const execution one({.threads = 1});
    signed_measure open = measure;
    const atom last = open.back();
    open.pop_back();
    REQUIRE(last.mass != 0);
    policy.corner = {last.r, last.f};
    const transport_result closed = policy.to_zero(open, one);
    const transport_result whole = policy.to_zero(measure, one);
    CHECK(closed.cost == doctest::Approx(whole.cost).epsilon(1e-12));
    REQUIRE(closed.gradient.size() == open.size());
    for (std::size_t i = 0; i < open.size(); ++i)
        for (const std::size_t axis : {std::size_t{0}, std::size_t{1}})
            CHECK(closed.gradient[i][axis] ==
                  doctest::Approx(whole.gradient[i][axis]).epsilon(1e-9).scale(1));
    CHECK(policy.between(open, {}, one).cost == doctest::Approx(closed.cost).epsilon(1e-12));
    CHECK(policy.to_zero(measure, one).cost == whole.cost);
    const auto heavy = std::numeric_limits<std::int32_t>::max();
    CHECK_THROWS_AS((void)policy.to_zero({{.r = 0, .mass = heavy}, {.r = 1, .mass = heavy}}, one),
                    std::invalid_argument);
}
