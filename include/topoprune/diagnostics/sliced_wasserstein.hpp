// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/line_slices.hpp"
#include "subset_distance.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

namespace detail {

/// The Wasserstein distance to the power p between all samples of a line and the kept ones: the integral over
/// q in (0, 1) of |place of the quantile q of all - of the kept|^p. O(n).
TOPOPRUNE_DECLARE [[nodiscard]] double line_transport(std::span<const placed_sample> line, std::int64_t kept,
                                                      double power);

} // namespace detail

/// The sliced Wasserstein distance (Bonneel, Rabin, Peyre, Pfister 2015) of the kept samples from all
/// samples: the mean over directions of the Wasserstein distance of their shadows on a line, to the power,
///
///     SW_p = (mean over directions of W_p^p)^(1 / p).
///
/// It says how far, in units of the features, samples must be moved; it is below the Wasserstein distance
/// itself. The mean is taken over random directions; its relative error falls as 1 / sqrt(slices).
///
/// Cost: slices * n (d + log n) time, 16 n bytes a thread. On a line there is one direction and no error.
struct sliced_wasserstein {
    /// p, finite and at least 1. Larger ones weigh long ways more.
    double power = 2;
    /// Number of random directions, at least 2.
    std::int64_t slices = 256;

    /// n times the number of kept samples must be below 2^62.
    TOPOPRUNE_DECLARE [[nodiscard]] distance_estimate measure(matrix_view<const float> features,
                                                              std::span<const std::int64_t> kept,
                                                              const execution& where) const;
};

static_assert(SubsetDistance<sliced_wasserstein>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "sliced_wasserstein.ipp"
#endif
