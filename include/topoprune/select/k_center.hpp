// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/draw_by_class.hpp"
#include "detail/farthest_first.hpp"

namespace topoprune {

/// The first sample of k_center.
///   nearest_to_mean   the one nearest to the mean of the class: no chance at all
///   random            a uniform draw
enum class first_center { nearest_to_mean, random };

/// The greedy k-center rule (Gonzalez 1985; Sener, Savarese 2018): of each class one sample after another,
/// the next always the one that is farthest, in l2, from all that are kept; ties at random. The largest
/// distance of a sample to the kept ones is at most twice the least possible. Covers, and so gathers
/// outliers: on noisy labels put a filter before it. Looks at no score. Chosen samples are centers from the
/// start. The larger of two budgets contains the smaller.
/// Cost: O(b n_c d) for the b drawn of a class of n_c, in double precision. Memory: 8 (d + 2) bytes a sample,
/// no table of distances.
struct k_center {
    first_center first = first_center::nearest_to_mean;

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x4b43454e544552ULL;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> order_of_class(const detail::class_draw& draw,
                                                                             const execution& where) const;

    TOPOPRUNE_DECLARE [[nodiscard]] std::size_t
    first_of(const detail::class_draw& draw, const matrix<double>& z, const execution& where) const;
};

static_assert(Selector<k_center>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "k_center.ipp"
#endif
