// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/simd.hpp"
#include "pair_columns.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace topoprune::detail {

/// The most dimensions of a layout by pairs.
inline constexpr int most_pair_dimensions = 64;

/// One coordinate of each place of a group.
using lane_values = std::array<float, pair_lanes>;

/// How the pairs of one kind act: the derivative of their loss by y_i is
///     scale * (y_i - y_j) / (offset + |y_i - y_j|^2)^2,
/// and where `fading`, that divided by sqrt(1 + |y_i - y_j|^2).
struct pair_force {
    float scale = 0;
    float offset = 1;
    bool fading = false;
};

/// The first two coordinates of as many places as a batch has lanes.
struct planar_batch {
    xsimd::batch<float> x;
    xsimd::batch<float> y;
};

/// positions: places x 2. The default takes each coordinate by itself; with AVX-512 both come at once, which
/// reads half as often. The values are the same.
[[gnu::always_inline]] inline planar_batch gather_planar(const float* positions,
                                                         xsimd::batch<std::int32_t> place) {
#if defined(__AVX512F__)
    if constexpr (xsimd::batch<float>::size == 16) {
        const __m512i all = place;
        const __m512i even = _mm512_set_epi32(30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
        const __m512i odd = _mm512_set_epi32(31, 29, 27, 25, 23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1);
        const __m512 low = _mm512_castpd_ps(_mm512_i32gather_pd(_mm512_castsi512_si256(all), positions, 8));
        const __m512 high =
            _mm512_castpd_ps(_mm512_i32gather_pd(_mm512_extracti64x4_epi64(all, 1), positions, 8));
        return {_mm512_permutex2var_ps(low, even, high), _mm512_permutex2var_ps(low, odd, high)};
    }
#endif
    const xsimd::batch<std::int32_t> at = place + place;
    return {gather(positions, at), gather(positions + 1, at)};
}

/// Adds to `forces` (dimensions x lanes) what the partners (steps x lanes) do to the places that stand at
/// `own` (dimensions x lanes), in the order of the steps in each lane: the sum does not depend on the width
/// of a batch. positions: places x dimensions. Dimensions is 2, or 0 for any number.
///
/// Never inlined: in a second instance the compiler might contract other multiplications and additions, and
/// the bits of a result would depend on the caller.
template <int Dimensions, bool Fading>
[[gnu::noinline]] void add_forces(const float* positions, std::int32_t dimensions,
                                  std::span<const std::int32_t> partners, const pair_force& force,
                                  const lane_values* own, lane_values* forces) {
    using batch = xsimd::batch<float>;
    using places = xsimd::batch<std::int32_t>;
    static_assert(places::size == batch::size && pair_lanes % batch::size == 0);
    const batch one(1.0F), offset(force.offset), scale(force.scale);
    const auto strength = [&](batch squared) {
        const batch sum = offset + squared;
        const batch inverse = Fading ? one / (sum * sum * xsimd::sqrt(one + squared)) : one / (sum * sum);
        return inverse;
    };
    for (std::size_t lane = 0; lane < pair_lanes; lane += batch::size) {
        const auto places_at = [&](std::size_t at) {
            return places::load_unaligned(partners.data() + at + lane);
        };
        if constexpr (Dimensions == 2) {
            const batch x = batch::load_unaligned(own[0].data() + lane),
                        y = batch::load_unaligned(own[1].data() + lane);
            batch force_x(0.0F), force_y(0.0F);
            for (std::size_t at = 0; at < partners.size(); at += pair_lanes) {
                const planar_batch partner = gather_planar(positions, places_at(at));
                const batch apart_x = x - partner.x, apart_y = y - partner.y;
                const batch weight = strength(multiply_add(apart_x, apart_x, apart_y * apart_y));
                force_x = multiply_add(weight, apart_x, force_x);
                force_y = multiply_add(weight, apart_y, force_y);
            }
            (batch::load_unaligned(forces[0].data() + lane) + scale * force_x)
                .store_unaligned(forces[0].data() + lane);
            (batch::load_unaligned(forces[1].data() + lane) + scale * force_y)
                .store_unaligned(forces[1].data() + lane);
        } else {
            const auto coordinates = static_cast<std::size_t>(dimensions);
            std::array<batch, most_pair_dimensions> apart, sum;
            for (std::size_t c = 0; c < coordinates; ++c)
                sum[c] = batch(0.0F);
            for (std::size_t at = 0; at < partners.size(); at += pair_lanes) {
                const places rows = places_at(at) * places(dimensions);
                batch squared(0.0F);
                for (std::size_t c = 0; c < coordinates; ++c) {
                    apart[c] = batch::load_unaligned(own[c].data() + lane) - gather(positions + c, rows);
                    squared = multiply_add(apart[c], apart[c], squared);
                }
                const batch weight = strength(squared);
                for (std::size_t c = 0; c < coordinates; ++c)
                    sum[c] = multiply_add(weight, apart[c], sum[c]);
            }
            for (std::size_t c = 0; c < coordinates; ++c)
                (batch::load_unaligned(forces[c].data() + lane) + scale * sum[c])
                    .store_unaligned(forces[c].data() + lane);
        }
    }
}

/// The step of Adam (Kingma, Ba 2015) for one coordinate of a group: the moments follow the gradient g, and
/// the coordinate moves by -rate * mean / (sqrt(square) + 10^-7); rate holds the correction of the bias.
TOPOPRUNE_DECLARE void move_by_adam(const lane_values& gradient, float rate, lane_values& mean,
                                    lane_values& square, lane_values& coordinate);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "pair_forces.ipp"
#endif
