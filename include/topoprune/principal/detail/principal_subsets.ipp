// SPDX-License-Identifier: MIT
#pragma once

#include "principal_subsets.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void principal_subsets::draw(std::int64_t begin, subset_block& block) const {
    const auto first = static_cast<std::uint64_t>(begin);
    if (different_)
        draw_different(first, block);
    else
        draw_any(first, block);
}

TOPOPRUNE_DEFINE void principal_subsets::draw_any(std::uint64_t first, subset_block& block) const {
    // Copies, so that the compiler sees that the stores change none of them.
    const random_stream words = words_of_;
    const std::uint64_t n = points_;
    const std::uint64_t words_each = words_;
    for (std::size_t word = 0; word < words_each; ++word) {
        std::int32_t* high = block.column(2 * word);
        std::int32_t* low = block.column(2 * word + 1);
        for (std::size_t c = 0; c < subset_block::capacity; ++c) {
            const std::uint64_t bits = words.bits(words_each * (first + c) + word);
            high[c] = static_cast<std::int32_t>(((bits >> 32) * n) >> 32);
            low[c] = static_cast<std::int32_t>(((bits & low_half) * n) >> 32);
        }
    }
}

TOPOPRUNE_DEFINE void principal_subsets::draw_different(std::uint64_t first, subset_block& block) const {
    constexpr std::size_t capacity = subset_block::capacity;
    const random_stream words = words_of_;
    std::array<std::uint64_t, capacity> subset;
    for (std::size_t c = 0; c < capacity; ++c)
        subset[c] = words_ * (pool_ > 0 ? of_step_.below(first + c, pool_) : first + c);
    using column = std::array<std::int32_t, capacity>;
    std::vector<column> ascending(size());
    for (std::size_t k = 0; k < size(); ++k) {
        column drawn;
        const std::uint64_t left = points_ - k;
        const std::uint64_t shift = k % 2 == 0 ? 32 : 0;
        for (std::size_t c = 0; c < capacity; ++c) {
            const std::uint64_t half = (words.bits(subset[c] + k / 2) >> shift) & low_half;
            drawn[c] = static_cast<std::int32_t>((half * left) >> 32);
        }
        for (std::size_t j = 0; j < k; ++j)
            for (std::size_t c = 0; c < capacity; ++c)
                drawn[c] += static_cast<std::int32_t>(drawn[c] >= ascending[j][c]);
        std::copy(drawn.begin(), drawn.end(), block.column(k));
        for (std::size_t j = 0; j < k; ++j)
            for (std::size_t c = 0; c < capacity; ++c) {
                const std::int32_t before = ascending[j][c];
                ascending[j][c] = std::min(before, drawn[c]);
                drawn[c] = std::max(before, drawn[c]);
            }
        ascending[k] = drawn;
    }
}

} // namespace topoprune::detail
