// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/simd.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace topoprune::detail {

/// What `power` asks of a number or of a vector of numbers, in the words of one.
struct scalar_words {
    using real = float;
    using integer = std::int32_t;
    static real all(float x) { return x; }
    static integer bits(real x) { return std::bit_cast<std::int32_t>(x); }
    static real from_bits(integer x) { return std::bit_cast<float>(x); }
    static integer truncated(real x) { return static_cast<std::int32_t>(x); }
    static real converted(integer x) { return static_cast<float>(x); }
    static integer clamped(integer x, std::int32_t least, std::int32_t most) {
        return std::min(std::max(x, least), most);
    }
};

struct vector_words {
    using real = xsimd::batch<float>;
    using integer = xsimd::batch<std::int32_t>;
    static real all(float x) { return real(x); }
    static integer bits(const real& x) { return bit_cast<std::int32_t>(x); }
    static real from_bits(const integer& x) { return bit_cast<float>(x); }
    static integer truncated(const real& x) { return xsimd::to_int(x); }
    static real converted(const integer& x) { return xsimd::to_float(x); }
    static integer clamped(const integer& x, std::int32_t least, std::int32_t most) {
        return xsimd::min(xsimd::max(x, integer(least)), integer(most));
    }
};

/// x^exponent, as 2^(exponent log2 x), for |exponent| <= 3; an x outside [2^-40, 2^40] counts as the nearer
/// end.
///
/// No call, no table and no branch. Relative error: below 2e-6 while |exponent log2 x| < 32, below 1e-5
/// everywhere. A layout needs that accuracy: a logarithm that is a few percent off near the ends of its
/// interval changes the local scale of the whole picture. The same bits for a number and in a vector.
template <class Words>
[[gnu::always_inline]] inline typename Words::real power_of(typename Words::real x,
                                                            typename Words::real exponent) {
    using real = typename Words::real;
    using integer = typename Words::integer;
    const auto all = [](float c) { return Words::all(c); };

    // x = 2^e (1 + t) with 1 + t in [sqrt(1/2), sqrt(2)). Positive floats are ordered as their bit patterns.
    constexpr auto least = std::bit_cast<std::int32_t>(0x1p-40F), most = std::bit_cast<std::int32_t>(0x1p40F);
    constexpr std::int32_t root_of_half = 0x3f3504f3;
    const integer bits = Words::clamped(Words::bits(x), least, most);
    const integer e = (bits - integer(root_of_half)) >> 23;
    const real t = Words::from_bits(bits - (e << 23)) - all(1.0F);

    // log2(1 + t) / t, minimax of degree 6, |error of the logarithm| < 4e-7.
    const real t2 = t * t;
    const real first = multiply_add(t, all(-0.721375823F), all(1.442699671F));
    const real low = multiply_add(t2, multiply_add(t, all(-0.358963192F), all(0.480466247F)), first);
    const real high =
        multiply_add(t2, all(0.170658439F), multiply_add(t, all(-0.272686601F), all(0.29725045F)));
    const real logarithm = multiply_add(t, multiply_add(t2 * t2, high, low), Words::converted(e));

    // y = k + f with k an integer and |f| <= 1/2, up to rounding.
    const real y = exponent * logarithm;
    const integer biased_k = Words::truncated(y + all(127.5F)); // what is cut off is positive: a floor
    const real f = y - Words::converted(biased_k - integer(127));

    // 2^f, minimax of degree 5, relative error < 2e-7.
    const real f2 = f * f;
    const real lower = multiply_add(f2, multiply_add(f, all(0.055507131F), all(0.240221202F)),
                                    multiply_add(f, all(0.693146944F), all(1.000000119F)));
    const real power_of_f =
        multiply_add(f2 * f2, multiply_add(f, all(0.001327648F), all(0.009675541F)), lower);
    return power_of_f * Words::from_bits(biased_k << 23);
}

[[gnu::always_inline]] inline float power(float x, float exponent) {
    return power_of<scalar_words>(x, exponent);
}

[[gnu::always_inline]] inline xsimd::batch<float> power(xsimd::batch<float> x, xsimd::batch<float> exponent) {
    return power_of<vector_words>(x, exponent);
}

} // namespace topoprune::detail
