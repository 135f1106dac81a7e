// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

namespace topoprune::detail {

/// x^exponent, as 2^(exponent log2 x), for |exponent| <= 3; an x outside [2^-40, 2^40] counts as the nearer
/// end.
///
/// No call, no table and nothing a compiler may turn into a branch, so that a loop over an array of x becomes
/// vector code. Relative error: below 2e-6 while |exponent log2 x| < 32, below 1e-5 everywhere. A layout
/// needs that accuracy: a logarithm that is a few percent off near the ends of its interval changes the local
/// scale of the whole picture.
[[gnu::always_inline]] inline float power(float x, float exponent) {
    // x = 2^e (1 + t) with 1 + t in [sqrt(1/2), sqrt(2)). Positive floats are ordered as their bit patterns.
    constexpr auto least = std::bit_cast<std::int32_t>(0x1p-40F), most = std::bit_cast<std::int32_t>(0x1p40F);
    constexpr std::int32_t root_of_half = 0x3f3504f3;
    const std::int32_t bits = std::min(std::max(std::bit_cast<std::int32_t>(x), least), most);
    const std::int32_t e = (bits - root_of_half) >> 23;
    const float t = std::bit_cast<float>(bits - (e << 23)) - 1.0F;

    // log2(1 + t) / t, minimax of degree 6, |error of the logarithm| < 4e-7.
    const float t2 = t * t;
    const float low = (1.442699671F - 0.721375823F * t) + t2 * (0.480466247F - 0.358963192F * t);
    const float high = (0.29725045F - 0.272686601F * t) + t2 * 0.170658439F;
    const float logarithm = static_cast<float>(e) + t * (low + t2 * t2 * high);

    // y = k + f with k an integer and |f| <= 1/2, up to rounding.
    const float y = exponent * logarithm;
    const auto biased_k = static_cast<std::int32_t>(y + 127.5F); // what is cut off is positive: a floor
    const float f = y - static_cast<float>(biased_k - 127);

    // 2^f, minimax of degree 5, relative error < 2e-7.
    const float f2 = f * f;
    const float power_of_f = (1.000000119F + 0.693146944F * f) + f2 * (0.240221202F + 0.055507131F * f) +
                             f2 * f2 * (0.009675541F + 0.001327648F * f);
    return power_of_f * std::bit_cast<float>(biased_k << 23);
}

} // namespace topoprune::detail
