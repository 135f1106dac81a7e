// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "../../core/simd.hpp"
#include "principal_subsets.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

// GCC 12 takes the "undefined" operand inside its own AVX-512 intrinsics for a use of an uninitialized value.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

/// Passes over the four-point subsets that cannot have a hole, a vector of them at a time in float32. Only
/// one in 10 to 40 has a hole, and these are then measured in float64. The filter never drops a subset that
/// has one: coordinates are centered and scaled into [-1, 1], and the comparison B < D is relaxed by what
/// rounding can do to both sides.
///
/// With u = 2^-24: a coordinate is off by u, a difference t by u (2 + |t|), its square by u (4 |t| + 3 t^2),
/// and 4 |t| <= 1/4 + 16 t^2. A sum of m of them in order adds m u of itself. So a square S of a distance is
/// off by at most u (m / 4 + (19 + m) S), and B - D by at most twice that of the larger one.
///
/// Memory: 4 bytes a coordinate, padded to pairs (m <= 8) or to whole vectors.
class principal_filter {
public:
    TOPOPRUNE_DECLARE explicit principal_filter(matrix_view<const double> points);

    /// Writes the places in the block of those that may have a hole, ascending, to `found` (capacity places)
    /// and returns their number.
    TOPOPRUNE_DECLARE [[nodiscard]] std::size_t candidates(const subset_block& block,
                                                           std::int32_t* found) const;

private:
    using batch = xsimd::batch<float>;
    using words = xsimd::batch<std::uint64_t>;
    static constexpr std::size_t lanes = batch::size;
    static_assert(subset_block::capacity % lanes == 0);

    TOPOPRUNE_DECLARE void fill(matrix_view<const double> points);

    TOPOPRUNE_DECLARE void set(std::size_t place, float coordinate);

    /// D - shrink * B from the squares of the edges 01, 23; 02, 13; 03, 12.
    template <class Number>
    [[nodiscard]] Number excess_of(const std::array<Number, 6>& squares) const {
        using std::max;
        using std::min;
        using xsimd::max;
        using xsimd::min;
        const auto least = [&](std::size_t pair) { return min(squares[2 * pair], squares[2 * pair + 1]); };
        const auto most = [&](std::size_t pair) { return max(squares[2 * pair], squares[2 * pair + 1]); };
        const Number death = max(max(least(0), least(1)), least(2));
        const Number median = max(min(most(0), most(1)), min(max(most(0), most(1)), most(2)));
        return death - Number(shrink_) * median;
    }

    /// Pairs of coordinates are fetched as one word of 64 bits, which takes half the fetches: those of the
    /// even subsets, then those of the odd ones, woven into a vector of first and one of second coordinates.
    /// Written out edge by edge, so that all stays in registers.
    template <bool InPlane>
    [[gnu::noinline]] void measure_by_pairs(const subset_block& block, float* excess) const {
        const words low(0xffffffffULL);
        const std::size_t pairs_each = InPlane ? 1 : stride_ / 2;
        const auto step = words(pairs_each);
        for (std::size_t begin = 0; begin < subset_block::capacity; begin += lanes) {
            const auto places = [&](std::size_t k) {
                return bit_cast<std::uint64_t>(
                    xsimd::batch<std::int32_t>::load_unaligned(block.column(k) + begin));
            };
            const words a = places(0);
            const words b = places(1);
            const words c = places(2);
            const words d = places(3);
            std::array<batch, 6> squares;
            if constexpr (!InPlane)
                squares.fill(batch(0.0F));
            for (std::size_t pair = 0; pair < pairs_each; ++pair) {
                const auto coordinates = [&](const words& both) {
                    words even = both & low;
                    words odd = both >> 32;
                    if constexpr (!InPlane) {
                        even = even * step;
                        odd = odd * step;
                    }
                    const words of_even = gather(pairs_.data() + pair, even);
                    const words of_odd = gather(pairs_.data() + pair, odd);
                    return point{bit_cast<float>((of_even & low) | (of_odd << 32)),
                                 bit_cast<float>((of_even >> 32) | (of_odd & ~low))};
                };
                const point at_a = coordinates(a);
                const point at_b = coordinates(b);
                const point at_c = coordinates(c);
                const point at_d = coordinates(d);
                const auto add = [](const point& p, const point& q, batch& square) {
                    const batch dx = p.x - q.x;
                    const batch dy = p.y - q.y;
                    if constexpr (InPlane)
                        square = multiply_add(dx, dx, dy * dy);
                    else
                        square = multiply_add(dx, dx, multiply_add(dy, dy, square));
                };
                add(at_a, at_b, squares[0]);
                add(at_c, at_d, squares[1]);
                add(at_a, at_c, squares[2]);
                add(at_b, at_d, squares[3]);
                add(at_a, at_d, squares[4]);
                add(at_b, at_c, squares[5]);
            }
            excess_of(squares).store_unaligned(excess + begin);
        }
    }

    struct point {
        batch x;
        batch y;
    };

    /// One subset after another, a vector of coordinates at a time; then the sums of a vector of subsets.
    TOPOPRUNE_DECLARE void measure_by_rows(const subset_block& block, float* excess) const;

    /// Place [(edge * lanes + c) * lanes]: the sums of the lanes of subset c.
    TOPOPRUNE_DECLARE void add_squares(const subset_block& block, std::size_t c, float* sums) const;

    /// 6 * lanes rows of Width numbers become as many sums, side by side.
    template <std::size_t Width>
    static void fold(float* rows) {
        if constexpr (Width > 1) {
            constexpr std::size_t half = Width / 2;
            for (std::size_t row = 0; row < 6 * lanes; ++row)
                for (std::size_t i = 0; i < half; ++i)
                    rows[row * half + i] = rows[row * Width + i] + rows[row * Width + half + i];
            fold<half>(rows);
        }
    }

    std::size_t dimensions_;
    bool by_pairs_;
    std::size_t stride_;
    std::vector<float> coordinates_;
    /// Two coordinates each, as the bits of one word.
    std::vector<std::uint64_t> pairs_;
    float shrink_ = 1;
    float slack_ = 0;
};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "principal_filter.ipp"
#endif
