// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "pair_sums.hpp"

#include <cstddef>
#include <span>

/// The sums of pair_sums.hpp for samples minus their own means.
namespace topoprune::detail {

/// The mean of the features; 0 if there are none. The sum of equal floats is exact in double, so that the
/// mean of a constant sample is its value and nothing is left of it when it is centered.
TOPOPRUNE_DECLARE [[nodiscard]] double mean_of(std::span<const float> x);

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
TOPOPRUNE_DECLARE [[nodiscard]] inner_products sum_centered_products(std::span<const float> x, double mean_x,
                                                                     std::span<const float> y, double mean_y);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "centered_sums.ipp"
#endif
