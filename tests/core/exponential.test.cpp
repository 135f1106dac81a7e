// SPDX-License-Identifier: MIT
#include <topoprune/core/exponential.hpp>

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

using topoprune::detail::exponential;

namespace {

using batch = xsimd::batch<double>;

double first_lane(const batch& x) {
    std::array<double, batch::size> lanes{};
    x.store_unaligned(lanes.data());
    return lanes[0];
}

} // namespace

TEST_CASE("exponential is off by less than 2.5e-16") {
    long double worst = 0;
    const auto measure = [&](double x) {
        const long double exact = std::exp(static_cast<long double>(x));
        worst = std::max(worst, std::abs(static_cast<long double>(exponential(x)) - exact) / exact);
    };
    for (double x = -708; x <= 709; x += 0.00173)
        measure(x);
    for (double x = 1; x > 1e-18; x *= 0.97) {
        measure(x);
        measure(-x);
    }
    // The most that is left after the reduction.
    for (int k = -1020; k <= 1020; ++k)
        measure((k + 0.5) * 0.6931471805599453);
    CAPTURE(static_cast<double>(worst));
    CHECK(worst < 2.5e-16L);
    CHECK(worst > 1e-17L);
    CHECK(exponential(0.0) == 1.0);
}

TEST_CASE("exponential is 0 far below and finite far above") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (const double x : {-708.0000001, -745.0, -1e5, -1e300, -infinity}) {
        CHECK(exponential(x) == 0.0);
        CHECK(first_lane(exponential(batch(x))) == 0.0);
    }
    CHECK(exponential(-708.0) > 0.0);
    CHECK(first_lane(exponential(batch(-708.0))) > 0.0);
    for (const double x : {709.1, 1e5, infinity}) {
        CHECK(exponential(x) == exponential(709.0));
        CHECK(first_lane(exponential(batch(x))) == exponential(709.0));
    }
    CHECK(std::isfinite(exponential(709.0)));
}

TEST_CASE("a vector of exponentials has the bits of each, and these are the same everywhere") {
    std::array<double, batch::size> x{}, y{};
    std::uint64_t hash = 0;
    bool same = true;
    for (double at = -720; at <= 720; at += 0.731) {
        // Of each lane another sample, so that lanes cannot be exchanged; the hash takes the same ones
        // whatever the width.
        for (std::size_t lane = 0; lane < batch::size; ++lane)
            x[lane] = at + 0.013 * static_cast<double>(lane);
        exponential(batch::load_unaligned(x.data())).store_unaligned(y.data());
        for (std::size_t lane = 0; lane < batch::size; ++lane)
            same = same && std::bit_cast<std::uint64_t>(y[lane]) ==
                               std::bit_cast<std::uint64_t>(exponential(x[lane]));
        hash = hash * 0x9e3779b97f4a7c15ULL + std::bit_cast<std::uint64_t>(y[0]);
    }
    CHECK(same);
    CHECK(hash == 12531717475147159959ULL);
}
