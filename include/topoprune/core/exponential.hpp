// SPDX-License-Identifier: MIT
#pragma once

#include "simd.hpp"

#include <algorithm>
#include <cstdint>
#include <type_traits>

namespace topoprune::detail {

/// e^x for a double or a vector of them, the same bits in either. Relative error below 2.5e-16, where the
/// result is known to 1.1e-16 at best. 0 for x < -708, where e^x leaves the normal numbers; an x above 709
/// counts as 709.
///
/// x = n ln 2 + r with n an integer and |r| <= ln(2) / 2, so e^x = 2^n e^r.
template <class Number>
[[nodiscard, gnu::always_inline]] inline Number exponential(const Number& x) {
    constexpr bool is_vector = !std::is_same_v<Number, double>;
    const auto clamped = [](const Number& y, double least, double most) {
        if constexpr (is_vector)
            return xsimd::min(xsimd::max(y, Number(least)), Number(most));
        else
            return std::min(std::max(y, least), most);
    };
    const auto all = [](double y) { return Number(y); };
    constexpr double least = -708, most = 709;
    const Number y = clamped(x, least, most);

    // Added to 1.5 x 2^52, a number is rounded to an integer, which stands in the last bits. The bias of
    // the exponent is added as well: those bits, moved to where the exponent stands, are 2^n.
    constexpr double to_integer = 0x1.8p52 + 1023;
    const Number shifted = multiply_add(y, all(0x1.71547652b82fep+0), all(to_integer));
    const Number n = shifted - all(to_integer);
    const Number power_of_two = bit_cast<double>(bit_cast<std::int64_t>(shifted) << 52);

    // ln 2 in two parts: the product of n and the first, of 33 bits, is exact.
    const Number r = (y - n * all(0x1.62e42fefp-1)) - n * all(0x1.473de6af278edp-34);

    // e^r = 1 + r + r^2 q(r), |error| < 2e-17; q interpolates at Chebyshev's points.
    const Number r2 = r * r;
    const Number q01 = multiply_add(r, all(0x1.5555555555556p-3), all(0x1.0000000000001p-1));
    const Number q23 = multiply_add(r, all(0x1.11111111109b3p-7), all(0x1.5555555553d63p-5));
    const Number q45 = multiply_add(r, all(0x1.a01a01a7c41d5p-13), all(0x1.6c16c1788bd90p-10));
    const Number q67 = multiply_add(r, all(0x1.71de0dae63bb3p-19), all(0x1.a019b90d2ae7ap-16));
    const Number q89 = multiply_add(r, all(0x1.af38a9b0ec855p-26), all(0x1.289185613a3d6p-22));
    const Number q =
        multiply_add(r2, multiply_add(r2, multiply_add(r2, multiply_add(r2, q89, q67), q45), q23), q01);
    const Number result = (all(1.0) + multiply_add(r2, q, r)) * power_of_two;

    if constexpr (is_vector)
        return xsimd::select(x < all(least), all(0.0), result);
    else
        return x < least ? 0.0 : result;
}

/// e^x for a vector of floats x <= 0 (a positive x counts as 0). Relative error below 3e-7; 0 for x < -87,
/// where e^x leaves the normal numbers. The method is that above.
[[nodiscard, gnu::always_inline]] inline xsimd::batch<float>
decaying_exponential(const xsimd::batch<float>& x) {
    using real = xsimd::batch<float>;
    const auto all = [](float c) { return real(c); };
    constexpr float least = -87, to_integer = 0x1.8p23F + 127;
    const real y = xsimd::min(xsimd::max(x, all(least)), all(0));
    const real shifted = multiply_add(y, all(0x1.715476p+0F), all(to_integer));
    const real n = shifted - all(to_integer);
    const real power_of_two = bit_cast<float>(bit_cast<std::int32_t>(shifted) << 23);
    const real r = (y - n * all(0x1.62e4p-1F)) - n * all(0x1.7f7d1cp-20F);
    // Taylor: |r| <= ln(2) / 2, and the first term that is left out is below 6e-9.
    real q = multiply_add(r, all(1.0F / 5040), all(1.0F / 720));
    q = multiply_add(r, q, all(1.0F / 120));
    q = multiply_add(r, q, all(1.0F / 24));
    q = multiply_add(r, q, all(1.0F / 6));
    q = multiply_add(r, q, all(0.5F));
    q = multiply_add(r, q, all(1.0F));
    return xsimd::select(x < all(least), all(0), multiply_add(r, q, all(1.0F)) * power_of_two);
}

} // namespace topoprune::detail
