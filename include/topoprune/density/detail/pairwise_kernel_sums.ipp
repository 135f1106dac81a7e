// SPDX-License-Identifier: MIT
#pragma once

#include "pairwise_kernel_sums.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE kernel_batch exponential_kernel::slope(const kernel_batch& square) {
    const kernel_batch length = xsimd::sqrt(square);
    const auto apart = length > kernel_batch(0.0);
    return xsimd::select(apart, exponential(-length) / xsimd::select(apart, length, kernel_batch(1.0)),
                         kernel_batch(0.0));
}

TOPOPRUNE_DEFINE kernel_cloud::kernel_cloud(matrix_view<const double> points, double unit)
    : dimensions_(static_cast<std::size_t>(points.columns())),
      points_(static_cast<std::size_t>(points.rows())), padded_((points_ + 2 * width - 1) / width * width),
      unit_(unit), coordinates_(dimensions_ * padded_, far_away) {
    for (std::size_t k = 0; k < dimensions_; ++k)
        for (std::size_t i = 0; i < points_; ++i) {
            const auto column = static_cast<std::int64_t>(k);
            const double from_first = points(static_cast<std::int64_t>(i), column) - points(0, column);
            coordinates_[k * padded_ + i] = std::clamp(from_first / unit, -farthest_point, farthest_point);
        }
}

TOPOPRUNE_DEFINE kernel_batch squared_distances(const kernel_cloud& cloud, std::size_t i, std::size_t j,
                                                std::size_t end) {
    kernel_batch square(0.0);
    for (std::size_t k = 0; k < cloud.dimensions(); ++k) {
        const kernel_batch difference =
            kernel_batch(cloud.coordinate(k)[i]) - kernel_batch::load_unaligned(cloud.coordinate(k) + j);
        square = multiply_add(difference, difference, square);
    }
    if (j + kernel_batch::size <= end)
        return square;
    std::array<double, kernel_batch::size> places;
    for (std::size_t lane = 0; lane < places.size(); ++lane)
        places[lane] = static_cast<double>(j + lane);
    return xsimd::select(kernel_batch::load_unaligned(places.data()) < kernel_batch(static_cast<double>(end)),
                         square, kernel_batch(1e300));
}

} // namespace topoprune::detail
