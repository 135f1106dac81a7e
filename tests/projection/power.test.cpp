// SPDX-License-Identifier: MIT
#include <topoprune/projection/detail/umap/power.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using topoprune::detail::power;

namespace {

/// Largest relative error over x = 2^low ... 2^high, dense enough to pass through every mantissa range.
double worst_error(double low, double high, float exponent) {
    double worst = 0;
    for (double at = low; at <= high; at += 1.0 / 1777) {
        const auto x = static_cast<float>(std::exp2(at));
        const double exact = std::pow(static_cast<double>(x), static_cast<double>(exponent));
        worst = std::max(worst, std::abs(static_cast<double>(power(x, exponent)) / exact - 1));
    }
    return worst;
}

} // namespace

TEST_CASE("power agrees with the library's to 1e-5") {
    for (const float exponent : {0.0F, 0.5F, 0.79F, 0.89506F, 1.0F, 1.334F, 1.92F, 3.0F, -0.1F, -1.0F}) {
        CAPTURE(exponent);
        CHECK(worst_error(-40, 40, exponent) < 1e-5);
        CHECK(worst_error(-16, 16, exponent) < (std::abs(exponent) <= 2 ? 2e-6 : 1e-5));
    }
}

TEST_CASE("power holds its argument within 2^-40 and 2^40") {
    CHECK(power(0.0F, 0.9F) == power(0x1p-40F, 0.9F));
    CHECK(power(1e-38F, 0.9F) == power(0x1p-40F, 0.9F));
    CHECK(power(3e38F, 0.9F) == power(0x1p40F, 0.9F));
}

TEST_CASE("a vector of powers has the bits of each") {
    using batch = xsimd::batch<float>;
    std::array<float, batch::size> x{}, y{};
    bool same = true;
    for (double at = -41; at <= 41; at += 0.37) {
        for (std::size_t lane = 0; lane < batch::size; ++lane)
            x[lane] = static_cast<float>(std::exp2(at + 0.011 * static_cast<double>(lane)));
        power(batch::load_unaligned(x.data()), batch(0.89506F)).store_unaligned(y.data());
        for (std::size_t lane = 0; lane < batch::size; ++lane)
            same = same && y[lane] == power(x[lane], 0.89506F);
    }
    CHECK(same);
}
