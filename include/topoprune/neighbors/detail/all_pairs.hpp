// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "candidate_lists.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace topoprune::detail {

/// Samples [begin, end).
struct sample_range {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    [[nodiscard]] std::int64_t size() const { return end - begin; }
};

/// Blocks of samples begin at multiples of this.
inline constexpr std::int64_t block_unit = 64;

/// How many samples a block holds, of n cut as below: 64 blocks occupy up to 32 threads; blocks below 64 rows
/// are not worth a product.
[[nodiscard]] inline std::int64_t block_size(std::int64_t n, std::int64_t most) {
    const std::int64_t least = ((n + 63) / 64 + block_unit - 1) / block_unit * block_unit;
    return std::clamp<std::int64_t>(least, block_unit, most);
}

/// Fills the lists from all pairs of n samples. They are cut into blocks; in round r block a meets block
/// a xor r. That pairs the blocks off, so no two tasks of a round write to the same lists, and in the end
/// every pair of blocks has met once. Where samples that are near stand near one another, they meet in the
/// first rounds, and thresholds fall early. The cut depends on n alone.
///
/// `products.offer(rows, columns, lists)` compares the samples of two ranges of at most
/// products.most_columns, and offers each pair with row < column to the lists of both.
template <class Products>
void offer_all_pairs(std::int64_t n, const Products& products, candidate_lists& lists,
                     const execution& where) {
    const std::int64_t block = block_size(n, Products::most_columns);
    const std::int64_t blocks = (n + block - 1) / block;
    const auto samples_of = [&](std::int64_t b) {
        return sample_range{b * block, std::min(n, (b + 1) * block)};
    };
    const auto rounds = static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(blocks)));
    for (std::int64_t round = 0; round < rounds; ++round) {
        where.report_progress("neighbors", round, rounds);
        where.parallel_for(blocks, [&](std::int64_t a) {
            const std::int64_t b = a ^ round;
            if (b < a || b >= blocks) // met as (b, a), or beyond the last
                return;
            products.offer(samples_of(a), samples_of(b), lists);
        });
    }
    where.report_progress("neighbors", rounds, rounds);
}

} // namespace topoprune::detail
