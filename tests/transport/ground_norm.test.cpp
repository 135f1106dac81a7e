// SPDX-License-Identifier: MIT
#include <topoprune/transport/ground_norm.hpp>

#include <doctest/doctest.h>
#include <topoprune/core/random.hpp>

#include <array>

using namespace topoprune;

namespace {

struct without_derivative {
    [[maybe_unused]] static constexpr std::string_view name = "without derivative";
    template <class Real>
    [[nodiscard]] Real cost(Real dr, Real) const {
        return dr;
    }
};
static_assert(!GroundNorm<without_derivative>); // because a loss needs a gradient

struct scalar_only {
    [[maybe_unused]] static constexpr std::string_view name = "scalar only";
    [[nodiscard]] double cost(double dr, double df) const { return dr + df; }
    [[nodiscard]] std::array<double, 2> derivative(double, double) const { return {1, 1}; }
};
static_assert(!GroundNorm<scalar_only>); // because pairs are priced a vector at a time

} // namespace

TEST_CASE_TEMPLATE("a ground norm has its derivative, vanishes at 0 and is even", Norm, l1, l2, l_infinity,
                   squared_l2) {
    const Norm norm;
    const random_stream random(3, 1);
    for (std::uint64_t i = 0; i < 200; ++i) {
        const double dr = random.normal(2 * i);
        const double df = random.normal(2 * i + 1);
        const double h = 1e-6;
        const auto [by_r, by_f] = norm.derivative(dr, df);
        CHECK(by_r == doctest::Approx((norm.cost(dr + h, df) - norm.cost(dr - h, df)) / (2 * h))
                          .epsilon(1e-6)
                          .scale(1));
        CHECK(by_f == doctest::Approx((norm.cost(dr, df + h) - norm.cost(dr, df - h)) / (2 * h))
                          .epsilon(1e-6)
                          .scale(1));
        CHECK(norm.cost(dr, df) == norm.cost(-dr, df));
        CHECK(norm.cost(dr, df) == norm.cost(dr, -df));
        CHECK(norm.cost(dr, df) >= norm.cost(dr, 0.0));
    }
    CHECK(norm.cost(0.0, 0.0) == 0);
    CHECK(norm.derivative(0, 0) == std::array<double, 2>{0, 0});
}

TEST_CASE("the four ground norms of (3, -4)") {
    CHECK(l1{}.cost(3.0, -4.0) == 7);
    CHECK(l2{}.cost(3.0, -4.0) == 5);
    CHECK(l_infinity{}.cost(3.0, -4.0) == 4);
    CHECK(squared_l2{}.cost(3.0, -4.0) == 25);
    CHECK(l_infinity{}.derivative(2, -2) == std::array<double, 2>{1, 0});
}
