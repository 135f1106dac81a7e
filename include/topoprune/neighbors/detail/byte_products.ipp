// SPDX-License-Identifier: MIT
#pragma once

#include "byte_products.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace topoprune::detail {

TOPOPRUNE_DEFINE bool processor_multiplies_bytes() {
#if TOPOPRUNE_HAS_BYTE_PRODUCTS
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vnni") != 0;
#else
    return false;
#endif
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void multiply_bytes(const std::int8_t* rows, const std::uint8_t* columns,
                                                 std::int64_t groups, std::int32_t* products) {
    __m512i sums[byte_kernel_rows][4];
    for (auto& row : sums)
        for (__m512i& sum : row)
            sum = _mm512_setzero_si512();
    const std::int64_t panel = 64 * groups;
    for (std::int64_t group = 0; group < groups; ++group) {
        __m512i column[4];
#pragma GCC unroll 4
        for (int p = 0; p < 4; ++p)
            column[p] = _mm512_loadu_si512(columns + p * panel + 64 * group);
#pragma GCC unroll 6
        for (int r = 0; r < byte_kernel_rows; ++r) {
            std::int32_t quad = 0;
            std::memcpy(&quad, rows + 4 * (byte_kernel_rows * group + r), 4);
            const __m512i row = _mm512_set1_epi32(quad);
#pragma GCC unroll 4
            for (int p = 0; p < 4; ++p)
                sums[r][p] = _mm512_dpbusd_epi32(sums[r][p], column[p], row);
        }
    }
#pragma GCC unroll 6
    for (int r = 0; r < byte_kernel_rows; ++r)
#pragma GCC unroll 4
        for (int p = 0; p < 4; ++p)
            _mm512_storeu_si512(products + r * columns_at_once + 16 * p, sums[r][p]);
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void offer_bounds(const byte_rows& samples, const std::int32_t* products,
                                               sample_range rows, sample_range columns,
                                               candidate_lists& lists) {
    constexpr std::int64_t lanes = 16;
    const float* thresholds = lists.thresholds();
    // Where the ranges meet, vectors begin at the same places and their first lanes are left out.
    const std::int64_t first = std::max(columns.begin, rows.begin + 1);
    for (std::int64_t j = columns.begin + (first - columns.begin) / lanes * lanes; j < columns.end;
         j += lanes) {
        const __m512i shift = _mm512_loadu_si512(samples.shifts.data() + j);
        const __m512 half = _mm512_loadu_ps(samples.halves.data() + j),
                     scale = _mm512_loadu_ps(samples.scales.data() + j),
                     offset = _mm512_loadu_ps(samples.offsets.data() + j),
                     total = _mm512_loadu_ps(samples.totals.data() + j),
                     length = _mm512_loadu_ps(samples.lengths.data() + j),
                     error = _mm512_loadu_ps(samples.errors.data() + j),
                     reach = _mm512_loadu_ps(samples.reaches.data() + j),
                     threshold = _mm512_loadu_ps(thresholds + j);
        for (std::int64_t i = rows.begin; i < rows.end; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const std::int32_t* row = products + (i - rows.begin) * columns_at_once + (j - columns.begin);
            const __m512 product = _mm512_cvtepi32_ps(_mm512_add_epi32(_mm512_loadu_si512(row), shift));
            __m512 bound = _mm512_add_ps(half, _mm512_set1_ps(samples.halves[at]));
            bound =
                _mm512_fnmadd_ps(_mm512_mul_ps(scale, _mm512_set1_ps(samples.scales[at])), product, bound);
            bound = _mm512_fnmadd_ps(total, _mm512_set1_ps(samples.offsets[at]), bound);
            bound = _mm512_fnmadd_ps(offset, _mm512_set1_ps(samples.sums[at]), bound);
            bound = _mm512_fnmadd_ps(length, _mm512_set1_ps(samples.errors[at]), bound);
            bound = _mm512_fnmadd_ps(error, _mm512_set1_ps(samples.rounded_lengths[at]), bound);
            bound = _mm512_fnmadd_ps(reach, _mm512_set1_ps(samples.reaches[at]), bound);
            const __m512 limit = _mm512_max_ps(threshold, _mm512_set1_ps(thresholds[i]));
            std::uint32_t below = _mm512_cmp_ps_mask(bound, limit, _CMP_LT_OQ);
            if (below == 0) [[likely]]
                continue;
            if (columns.end - j < lanes)
                below &= ~(~std::uint32_t{0} << (columns.end - j));
            if (j <= i)
                below = i - j < lanes ? below & ~std::uint32_t{0} << (i + 1 - j) : 0;
            std::array<float, lanes> bounds;
            _mm512_storeu_ps(bounds.data(), bound);
            for (; below != 0; below &= below - 1) {
                const int lane = std::countr_zero(below);
                lists.offer(i, bounds[static_cast<std::size_t>(lane)], static_cast<std::int32_t>(j + lane));
                lists.offer(j + lane, bounds[static_cast<std::size_t>(lane)], static_cast<std::int32_t>(i));
            }
        }
    }
}

TOPOPRUNE_DEFINE void byte_products::offer(sample_range rows, sample_range columns,
                                           candidate_lists& lists) const {
    alignas(64) std::array<std::int32_t, byte_kernel_rows * columns_at_once> strip;
    std::vector<std::int8_t> packed(static_cast<std::size_t>(byte_kernel_rows * samples.groups * 4));
    for (std::int64_t i = rows.begin; i < rows.end; i += byte_kernel_rows) {
        const sample_range some{i, std::min(rows.end, i + byte_kernel_rows)};
        pack(some, packed.data());
        for (std::int64_t j = columns.begin; j < columns.end; j += byte_kernel_columns)
            multiply_bytes(packed.data(), samples.panel(j), samples.groups,
                           strip.data() + (j - columns.begin));
        offer_bounds(samples, strip.data(), some, columns, lists);
    }
}

TOPOPRUNE_DEFINE void byte_products::pack(sample_range rows, std::int8_t* packed) const {
    for (std::int64_t i = rows.begin; i < rows.end; ++i)
        for (std::int64_t group = 0; group < samples.groups; ++group) {
            std::uint32_t quad = 0;
            std::memcpy(&quad, samples.quad(i, group), 4);
            quad ^= 0x80808080U; // from q to q - 128, as signed bytes
            std::memcpy(packed + 4 * (byte_kernel_rows * group + i - rows.begin), &quad, 4);
        }
}

} // namespace topoprune::detail
