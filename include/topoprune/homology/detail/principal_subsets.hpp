// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/random.hpp"
#include "../principal_persistence_sampling.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// Some subsets of `size` points: place [k * capacity + c] is point k of subset c.
struct subset_block {
    static constexpr std::size_t capacity = 256;

    explicit subset_block(std::size_t size) : points(size * capacity) {}

    [[nodiscard]] const std::int32_t* column(std::size_t k) const { return points.data() + k * capacity; }
    [[nodiscard]] std::int32_t* column(std::size_t k) { return points.data() + k * capacity; }

    std::vector<std::int32_t> points;
};

/// Draws subsets of 2q + 2 points. Subset i uses the q + 1 words of 64 bits from (q + 1) i on, half a word
/// for each point.
class principal_subsets {
public:
    principal_subsets(std::int64_t points, int degree, const principal_persistence_sampling& sampling,
                      std::uint64_t seed)
        : points_(static_cast<std::uint64_t>(points)), words_(static_cast<std::size_t>(degree) + 1),
          pool_(static_cast<std::uint64_t>(sampling.pool.value_or(0))),
          different_(pool_ > 0 || sampling.draw == subset_draw::without_replacement),
          of_step_(
              random_stream(seed, stream).child(static_cast<std::uint64_t>(degree)).child(sampling.step)),
          words_of_(pool_ > 0 ? random_stream(seed, pool_stream).child(static_cast<std::uint64_t>(degree))
                              : of_step_) {}

    /// 2q + 2
    [[nodiscard]] std::size_t size() const { return 2 * words_; }

    /// Fills the block with subsets begin, begin + 1, ...
    void draw(std::int64_t begin, subset_block& block) const {
        const auto first = static_cast<std::uint64_t>(begin);
        if (different_)
            draw_different(first, block);
        else
            draw_any(first, block);
    }

private:
    static constexpr std::uint64_t stream = 0x7072696e636970; // "princip"
    static constexpr std::uint64_t pool_stream = 0x706f6f6c;  // "pool"
    static constexpr std::uint64_t low_half = 0xffffffffULL;

    void draw_any(std::uint64_t first, subset_block& block) const {
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

    /// Point k is the draw-th of the n - k points that the subset does not have yet. A column of subsets at a
    /// time, without branches: the points that each has are kept ascending.
    void draw_different(std::uint64_t first, subset_block& block) const {
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

    std::uint64_t points_;
    std::size_t words_;
    std::uint64_t pool_;
    bool different_;
    random_stream of_step_;
    random_stream words_of_;
};

} // namespace topoprune::detail
