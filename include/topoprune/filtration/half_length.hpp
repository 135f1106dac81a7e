// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "filtration.hpp"

#include <cstdint>

namespace topoprune {

/// Adds the pull-back of a derivative by the scale of the edge (u, v), half its length, to gradient (n x m):
/// value (x_u - x_v) / (2 |x_u - x_v|) at u and its opposite at v; nothing at length 0.
TOPOPRUNE_DECLARE void add_half_length(matrix_view<const double> points, const scale_derivative& derivative,
                                       matrix_view<double> gradient);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "half_length.ipp"
#endif
