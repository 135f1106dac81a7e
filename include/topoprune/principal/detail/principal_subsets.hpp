// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/random.hpp"
#include "../principal_persistence_sampling.hpp"

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
    TOPOPRUNE_DECLARE void draw(std::int64_t begin, subset_block& block) const;

private:
    static constexpr std::uint64_t stream = 0x7072696e636970; // "princip"
    static constexpr std::uint64_t pool_stream = 0x706f6f6c;  // "pool"
    static constexpr std::uint64_t low_half = 0xffffffffULL;

    TOPOPRUNE_DECLARE void draw_any(std::uint64_t first, subset_block& block) const;

    /// Point k is the draw-th of the n - k points that the subset does not have yet. A column of subsets at a
    /// time, without branches: the points that each has are kept ascending.
    TOPOPRUNE_DECLARE void draw_different(std::uint64_t first, subset_block& block) const;

    std::uint64_t points_;
    std::size_t words_;
    std::uint64_t pool_;
    bool different_;
    random_stream of_step_;
    random_stream words_of_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "principal_subsets.ipp"
#endif
