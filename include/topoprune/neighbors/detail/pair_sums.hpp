// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

/// Sums over the coordinates of two samples, in double. Eight partial sums, whatever the machine, added in a
/// fixed order: the compiler can use its widest vectors, and a result never depends on which it has.
namespace topoprune::detail {

inline constexpr int sum_lanes = 8;
using partial_sums = Eigen::Array<double, sum_lanes, 1>;

[[nodiscard]] inline double total(const partial_sums& s) {
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

/// Coordinates begin, ..., begin + 7 in double; zeros beyond the end.
[[nodiscard]] inline partial_sums widen(std::span<const float> x, std::size_t begin) {
    if (begin + sum_lanes <= x.size())
        return Eigen::Map<const Eigen::Array<float, sum_lanes, 1>>(x.data() + begin).cast<double>();
    partial_sums rest = partial_sums::Zero();
    for (std::size_t c = begin; c < x.size(); ++c)
        rest[static_cast<Eigen::Index>(c - begin)] = static_cast<double>(x[c]);
    return rest;
}

struct inner_products {
    double xx = 0;
    double yy = 0;
    double xy = 0;
};

/// <x,x>, <y,y> and <x,y>. A product of two floats is exact in double, so fused or not the bits are the same,
/// and for x = y all three are equal.
TOPOPRUNE_DECLARE [[nodiscard]] inner_products sum_products(std::span<const float> x,
                                                            std::span<const float> y);

/// 1 - cos of the angle between x and y, from their products, in [0, 2]; 1 if one of them is zero. Exactly 0
/// for x = y: sqrt(s * s) = s in IEEE arithmetic.
[[nodiscard]] inline double angular_distance(const inner_products& sums) {
    const double lengths = std::sqrt(sums.xx * sums.yy);
    return lengths > 0 ? std::clamp(1.0 - sums.xy / lengths, 0.0, 2.0) : 1.0;
}

/// sum of (x_c - y_c)^2, the same for (x, y) and (y, x).
TOPOPRUNE_DECLARE [[nodiscard]] double sum_squared_differences(std::span<const float> x,
                                                               std::span<const float> y);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "pair_sums.ipp"
#endif
