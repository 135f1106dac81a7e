// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"

#include <array>
#include <cmath>

namespace topoprune::detail {

/// The membership of a pair at distance x in the embedding: 1 / (1 + a x^(2b)) (McInnes 2018, section 3.2).
struct similarity_curve {
    double a = 1;
    double b = 1;

    [[nodiscard]] double operator()(double x) const { return 1 / (1 + a * std::pow(x, 2 * b)); }
};

/// The similarity_curve nearest, in least squares over 300 equidistant points of [0, 3 spread], to
///     1 for x < min_dist,  exp(-(x - min_dist) / spread) beyond.
/// Levenberg and Marquardt from a = b = 1; damping stops mattering once a step improves.
TOPOPRUNE_DECLARE [[nodiscard]] similarity_curve fit_similarity_curve(double min_dist, double spread);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "similarity_curve.ipp"
#endif
