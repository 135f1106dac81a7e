// SPDX-License-Identifier: MIT
#pragma once

#include "pair_sums.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <span>

/// The sums of pair_sums.hpp for samples minus their own means.
namespace topoprune::detail {

/// The mean of the features; 0 if there are none. The sum of equal floats is exact in double, so that the
/// mean of a constant sample is its value and nothing is left of it when it is centered.
[[nodiscard, gnu::noinline]] inline double mean_of(std::span<const float> x) {
    partial_sums sums = partial_sums::Zero();
    for (std::size_t c = 0; c < x.size(); c += sum_lanes)
        sums += widen(x, c);
    return total(sums) / static_cast<double>(std::max<std::size_t>(x.size(), 1));
}

/// Coordinates begin, ..., begin + 7 minus `mean`; zeros beyond the end.
[[nodiscard]] inline partial_sums widen_centered(std::span<const float> x, std::size_t begin, double mean) {
    if (begin + sum_lanes <= x.size())
        return widen(x, begin) - mean;
    partial_sums rest = partial_sums::Zero();
    for (std::size_t c = begin; c < x.size(); ++c)
        rest[static_cast<Eigen::Index>(c - begin)] = static_cast<double>(x[c]) - mean;
    return rest;
}

/// <x,x>, <y,y> and <x,y> of the centered samples; for x = y all three are equal.
[[nodiscard, gnu::noinline]] inline inner_products
sum_centered_products(std::span<const float> x, double mean_x, std::span<const float> y, double mean_y) {
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
