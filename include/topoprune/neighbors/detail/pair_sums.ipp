// SPDX-License-Identifier: MIT
#pragma once

#include "pair_sums.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE inner_products sum_products(std::span<const float> x, std::span<const float> y) {
    partial_sums xx = partial_sums::Zero(), yy = xx, xy = xx;
    for (std::size_t c = 0; c < x.size(); c += sum_lanes) {
        const partial_sums a = widen(x, c), b = widen(y, c);
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    return {total(xx), total(yy), total(xy)};
}

TOPOPRUNE_DEFINE_OUT_OF_LINE double sum_squared_differences(std::span<const float> x,
                                                            std::span<const float> y) {
    partial_sums sums = partial_sums::Zero();
    for (std::size_t c = 0; c < x.size(); c += sum_lanes) {
        const partial_sums difference = widen(x, c) - widen(y, c);
        sums += difference * difference;
    }
    return total(sums);
}

} // namespace topoprune::detail
