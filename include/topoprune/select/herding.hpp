// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/draw_by_class.hpp"

namespace topoprune {

/// Herding (Welling 2009; Chen, Welling, Smola 2010): of each class one sample after another, the next always
/// the one that brings the mean of the kept ones nearest to the mean mu of the class,
///     argmin_j | (s + 1) mu - (sum of the s kept ones) - z_j |_2,
/// ties at random. The mean of the first s differs from mu by O(1/s). Looks at no score. The larger of two
/// budgets contains the smaller.
/// Cost: O(b n_c d) for the b drawn of a class of n_c, in double precision. Memory: 8 (d + 1) bytes a sample.
struct herding {
    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;

private:
    TOPOPRUNE_DECLARE [[nodiscard]] static std::vector<std::int64_t>
    order_of_class(const detail::class_draw& draw, const execution& where);
};

static_assert(Selector<herding>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "herding.ipp"
#endif
