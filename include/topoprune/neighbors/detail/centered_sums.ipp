// SPDX-License-Identifier: MIT
#pragma once

#include "centered_sums.hpp"

#include <algorithm>
#include <Eigen/Core>

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE double mean_of(std::span<const float> x) {
    partial_sums sums = partial_sums::Zero();
    for (std::size_t c = 0; c < x.size(); c += sum_lanes)
        sums += widen(x, c);
    return total(sums) / static_cast<double>(std::max<std::size_t>(x.size(), 1));
}

TOPOPRUNE_DEFINE_OUT_OF_LINE inner_products sum_centered_products(std::span<const float> x, double mean_x,
                                                                  std::span<const float> y, double mean_y) {
    partial_sums xx = partial_sums::Zero(), yy = xx, xy = xx;
    for (std::size_t c = 0; c < x.size(); c += sum_lanes) {
        const partial_sums a = widen_centered(x, c, mean_x), b = widen_centered(y, c, mean_y);
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    return {total(xx), total(yy), total(xy)};
}

} // namespace topoprune::detail
