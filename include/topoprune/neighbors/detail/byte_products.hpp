// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "all_pairs.hpp"
#include "byte_rows.hpp"
#include "candidate_lists.hpp"

#include <array>
#include <cstdint>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__)
#define TOPOPRUNE_HAS_BYTE_PRODUCTS 1
#include <immintrin.h>
#else
#define TOPOPRUNE_HAS_BYTE_PRODUCTS 0
#endif

/// Pairs of samples compared by products of bytes, four times the rate of products in float, on processors
/// that have them (AVX-512 VNNI). The kernels are compiled for them whatever the flags of the program, and
/// chosen when it runs.
namespace topoprune::detail {

TOPOPRUNE_DECLARE [[nodiscard]] bool processor_multiplies_bytes();

/// Rows that are multiplied at once, with 4 panels of columns: 24 of the 32 registers hold sums.
inline constexpr std::int64_t byte_kernel_rows = 6;
inline constexpr std::int64_t byte_kernel_columns = 64;
/// Columns whose products are scanned at once: those of six rows fill half of the first-level cache.
inline constexpr std::int64_t columns_at_once = 1024;

#if TOPOPRUNE_HAS_BYTE_PRODUCTS

/// products[r * columns_at_once + j] = sum over coordinates of (q_r - 128) q_j for 6 rows and 64 columns.
/// `rows`: for every 4 coordinates those of row 0, then of row 1, ..., less 128. `columns`: 4 panels.
TOPOPRUNE_DECLARE [[gnu::target("avx512f,avx512vnni")]] void multiply_bytes(const std::int8_t* rows,
                                                                            const std::uint8_t* columns,
                                                                            std::int64_t groups,
                                                                            std::int32_t* products);

/// Turns the products of up to 6 rows with the columns into lower bounds of raw(i, j), and offers those below
/// a threshold to the lists of both samples. Beside the bound of byte_rows, a bound takes off what float
/// arithmetic can add to it: no more than the product of the reaches and, already taken off, 2^-19 of the
/// halves.
TOPOPRUNE_DECLARE [[gnu::target("avx512f,avx512vnni")]] void
offer_bounds(const byte_rows& samples, const std::int32_t* products, sample_range rows, sample_range columns,
             candidate_lists& lists);

#else

inline void multiply_bytes(const std::int8_t*, const std::uint8_t*, std::int64_t, std::int32_t*) {}
inline void offer_bounds(const byte_rows&, const std::int32_t*, sample_range, sample_range,
                         candidate_lists&) {}

#endif

/// Compares ranges of samples for offer_all_pairs: the values are lower bounds of raw(i, j). The products of
/// six rows with all columns are made and scanned while they are in the first-level cache.
struct byte_products {
    static constexpr std::int64_t most_columns = columns_at_once;
    const byte_rows& samples;

    TOPOPRUNE_DECLARE void offer(sample_range rows, sample_range columns, candidate_lists& lists) const;

private:
    TOPOPRUNE_DECLARE void pack(sample_range rows, std::int8_t* packed) const;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "byte_products.ipp"
#endif
