// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "filtration.hpp"

namespace topoprune {

/// Delaunay-Rips: the Delaunay triangulation of all points with Rips values. An edge enters at half its
/// length, a triangle with its longest edge. Exact for what it is, near-linear, and embedded in the plane, so
/// that its signed measure comes by duality.
///
/// Points at one place are one vertex of the triangulation; each further one is joined to the first by an
/// edge of length 0. More than three points on a circle have several triangulations: the fan around the
/// leftmost, then lowest one is taken, whatever the numbers. Points on one line have edges between neighbors
/// and no triangle. All decisions are exact for the coordinates as they are (but for those 2^-1022 times
/// smaller than the largest, which are rounded).
///
/// Cost: O(n log n) time expected, about 300 bytes a point.
struct weak_delaunay {
    /// points: n x 2, row-major, n < 2^29. Throws std::invalid_argument otherwise or if one is not finite.
    TOPOPRUNE_DECLARE [[nodiscard]] planar_complex build(matrix_view<const double> points,
                                                         const execution& where) const;

private:
    /// Ties go to the least id.
    TOPOPRUNE_DECLARE static std::int32_t longest(std::array<std::int32_t, 3> edges,
                                                  const std::vector<double>& scale);
};

static_assert(Filtration<weak_delaunay>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "weak_delaunay.ipp"
#endif
