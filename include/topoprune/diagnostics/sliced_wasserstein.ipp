// SPDX-License-Identifier: MIT
#pragma once

#include "sliced_wasserstein.hpp"

#include "detail/kept_mask.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double line_transport(std::span<const placed_sample> line, std::int64_t kept, double power) {
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

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE distance_estimate sliced_wasserstein::measure(matrix_view<const float> features,
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

} // namespace topoprune
