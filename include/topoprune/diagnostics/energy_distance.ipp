// SPDX-License-Identifier: MIT
#pragma once

#include "energy_distance.hpp"

#include "detail/kept_mask.hpp"
#include "detail/line_slices.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE distance_estimate energy_distance::measure(matrix_view<const float> features,
                                                            std::span<const std::int64_t> kept,
                                                            const execution& where) const {
    require(slices >= 2, "energy_distance", "slices", slices, "at least 2");
    const std::vector<std::uint8_t> mask = detail::compared_mask(features, kept, "energy_distance");
    if (features.columns() == 0)
        return {.of_random_draw = 0.0};
    const double factor = 2 * length_per_shadow(features.columns());
    std::vector<double> squares(detail::count_slices(features.columns(), slices));
    std::vector<double> pair_lengths(squares.size()); // E|x - x'|
    detail::for_each_slice(
        features, mask, slices, where, [&](std::size_t slice, std::span<const detail::placed_sample> line) {
            detail::for_each_stretch(line, std::ssize(kept), [&](double f, double g, double length) {
                squares[slice] += factor * (f - g) * (f - g) * length;
                pair_lengths[slice] += factor * f * (1 - f) * length;
            });
        });
    distance_estimate result = detail::root_of_mean(squares, 2);
    // Of a draw without replacement of m of n: D^2 = (1/m - 1/n) E|x - x'| over different samples.
    const auto n = static_cast<double>(features.rows()), m = static_cast<double>(kept.size());
    const double pair_length = detail::root_of_mean(pair_lengths, 1).value;
    result.of_random_draw = n > 1 ? std::sqrt((1 / m - 1 / n) * pair_length * n / (n - 1)) : 0.0;
    return result;
}

} // namespace topoprune
