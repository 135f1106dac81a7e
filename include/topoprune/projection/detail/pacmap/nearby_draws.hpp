// SPDX-License-Identifier: MIT
#pragma once

#include "../shared/mix_bits.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace topoprune::detail {

/// Draws that are made at once.
inline constexpr std::uint32_t draws_at_once = 16;

/// Consecutive uniform draws of a place, and which of them lie nearby.
struct nearby_draws {
    alignas(64) std::array<std::int32_t, draws_at_once> places;
    std::uint32_t nearby; // bit t: draw t does
};

/// Draws number first, first + 1, ... of a sequence that `bits` begins: hashes of base, base + stride, ...,
/// scaled to {0, ..., count - 1}; nearby are those with |y - y_place|^2 <= largest_squared. y: dimensions;
/// positions: places x dimensions. Dimensions is 2, or 0 for any number.
///
/// Never inlined: in a second instance the compiler might contract other multiplications and additions.
template <int Dimensions>
[[gnu::noinline]] void draw_places(std::uint64_t bits, std::uint32_t first, std::uint32_t count,
                                   const float* y, const float* positions, std::int32_t dimensions,
                                   float largest_squared, nearby_draws& result) {
    const auto base = static_cast<std::uint32_t>(bits), stride = static_cast<std::uint32_t>(bits >> 32) | 1U;
    const std::int32_t coordinates = Dimensions > 0 ? Dimensions : dimensions;
    alignas(64) std::array<float, draws_at_once> squared{};
    for (std::size_t t = 0; t < draws_at_once; ++t) {
        const std::uint32_t x = mix_bits_32(base + (first + static_cast<std::uint32_t>(t)) * stride);
        result.places[t] = static_cast<std::int32_t>((static_cast<std::uint64_t>(x) * count) >> 32);
    }
    for (std::int32_t c = 0; c < coordinates; ++c) {
        const float own = y[c];
        for (std::size_t t = 0; t < draws_at_once; ++t) {
            const float apart =
                own - positions[static_cast<std::int64_t>(result.places[t]) * coordinates + c];
            squared[t] += apart * apart;
        }
    }
    result.nearby = 0;
    for (std::size_t t = 0; t < draws_at_once; ++t)
        result.nearby |= static_cast<std::uint32_t>(squared[t] <= largest_squared) << t;
}

} // namespace topoprune::detail
