// SPDX-License-Identifier: MIT
#pragma once

#include "detail/kept_mask.hpp"
#include "detail/line_slices.hpp"
#include "subset_distance.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

namespace detail {

/// The Wasserstein distance to the power p between all samples of a line and the kept ones: the integral over
/// q in (0, 1) of |place of the quantile q of all - of the kept|^p. O(n).
[[nodiscard]] inline double line_transport(std::span<const placed_sample> line, std::int64_t kept,
                                           double power) {
    const std::int64_t n = std::ssize(line);
    std::size_t next_kept = 0;
    const auto seek = [&] {
        while (next_kept < line.size() && !line[next_kept].is_kept)
            ++next_kept;
    };
    seek();
    // A sample has the mass `kept`, a kept one the mass n: whole numbers.
    double sum = 0;
    std::int64_t left = n;
    for (std::size_t i = 0; i < line.size(); ++i)
        for (std::int64_t mass = kept; mass > 0;) {
            const std::int64_t moved = std::min(mass, left);
            const double way = std::abs(line[i].place - line[next_kept].place);
            sum += (power == 1   ? way
                    : power == 2 ? way * way
                                 : std::pow(way, power)) *
                   static_cast<double>(moved);
            mass -= moved;
            left -= moved;
            if (left == 0) {
                ++next_kept;
                seek();
                left = n;
            }
        }
    return sum / (static_cast<double>(n) * static_cast<double>(kept));
}

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
    [[nodiscard]] distance_estimate measure(matrix_view<const float> features,
                                            std::span<const std::int64_t> kept,
                                            const execution& where) const {
        require(power >= 1 && std::isfinite(power), "sliced_wasserstein", "power", power,
                "finite and at least 1");
        require(slices >= 2, "sliced_wasserstein", "slices", slices, "at least 2");
        const std::vector<std::uint8_t> mask = detail::compared_mask(features, kept, "sliced_wasserstein");
        if (features.columns() == 0)
            return {};
        std::vector<double> powers(detail::count_slices(features.columns(), slices));
        detail::for_each_slice(features, mask, slices, where,
                               [&](std::size_t slice, std::span<const detail::placed_sample> line) {
                                   powers[slice] = detail::line_transport(line, std::ssize(kept), power);
                               });
        return detail::root_of_mean(powers, power);
    }
};

static_assert(SubsetDistance<sliced_wasserstein>);

} // namespace topoprune
