// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "coordinates.hpp"

/// The signs on which a Delaunay triangulation rests, exact for all finite doubles of magnitude at most 1.
///
/// Each sign is that of a determinant. It is first computed in floating point with the error bounds of
/// Shewchuk (1997, "Adaptive precision floating-point arithmetic and fast robust geometric predicates"); a
/// value within its bound is decided again in integers. Fused multiplications only lower the errors.
namespace topoprune::detail {

/// Positive if a, b, c turn left, 0 if they lie on one line.
TOPOPRUNE_DECLARE [[nodiscard]] int orientation(const coordinates<2>& a, const coordinates<2>& b,
                                                const coordinates<2>& c);

/// Positive if d lies inside the circle through a, b, c, which turn left; 0 on the circle.
TOPOPRUNE_DECLARE [[nodiscard]] int in_sphere(const coordinates<2>& a, const coordinates<2>& b,
                                              const coordinates<2>& c, const coordinates<2>& d);

/// The sign of det(a - d, b - d, c - d); 0 if the four lie in one plane.
TOPOPRUNE_DECLARE [[nodiscard]] int orientation(const coordinates<3>& a, const coordinates<3>& b,
                                                const coordinates<3>& c, const coordinates<3>& d);

/// Positive if e lies inside the sphere through a, b, c, d of positive orientation; 0 on the sphere.
TOPOPRUNE_DECLARE [[nodiscard]] int in_sphere(const coordinates<3>& a, const coordinates<3>& b,
                                              const coordinates<3>& c, const coordinates<3>& d,
                                              const coordinates<3>& e);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "exact_predicates.ipp"
#endif
