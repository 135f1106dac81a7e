// SPDX-License-Identifier: MIT
#pragma once

#include "pair_sums.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE partial_sums widen(std::span<const float> x, std::size_t begin) {
    if (begin + sum_lanes <= x.size())
        return Eigen::Map<const Eigen::Array<float, sum_lanes, 1>>(x.data() + begin).cast<double>();
    partial_sums rest = partial_sums::Zero();
    for (std::size_t c = begin; c < x.size(); ++c)
        rest[static_cast<Eigen::Index>(c - begin)] = static_cast<double>(x[c]);
    return rest;
}

TOPOPRUNE_DEFINE inner_products sum_products(std::span<const float> x, std::span<const float> y) {
    partial_sums xx = partial_sums::Zero(), yy = xx, xy = xx;
    for (std::size_t c = 0; c < x.size(); c += sum_lanes) {
        const partial_sums a = widen(x, c), b = widen(y, c);
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    return {total(xx), total(yy), total(xy)};
}

TOPOPRUNE_DEFINE double sum_squared_differences(std::span<const float> x, std::span<const float> y) {
    partial_sums sums = partial_sums::Zero();
    for (std::size_t c = 0; c < x.size(); c += sum_lanes) {
        const partial_sums difference = widen(x, c) - widen(y, c);
        sums += difference * difference;
    }
    return total(sums);
}

} // namespace topoprune::detail
