// SPDX-License-Identifier: MIT
#pragma once

#include "detail/delaunay_triangulation.hpp"
#include "detail/flag_complex.hpp"
#include "filtration.hpp"

#include <cmath>
#include <limits>

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
    [[nodiscard]] planar_complex build(matrix_view<const double> points, const execution& where) const {
        require(points.columns() == 2 || points.rows() == 0, "weak_delaunay::build",
                "the dimension of points", points.columns(), "2");
        require(points.rows() < std::numeric_limits<std::int32_t>::max() / 4, "weak_delaunay::build",
                "the number of points", points.rows(), "below 2^29");
        require_finite(points, "weak_delaunay::build", "points");
        where.check_interruption();
        planar_complex complex = detail::delaunay_triangulation(points);
        complex.edge_scale.reserve(complex.edges.size());
        for (const planar_edge& edge : complex.edges)
            complex.edge_scale.push_back(detail::half_distance(points, edge.u, edge.v));
        for (planar_triangle& triangle : complex.triangles)
            triangle.longest_edge = longest(triangle.edges, complex.edge_scale);
        return complex;
    }

private:
    /// Ties go to the least id.
    static std::int32_t longest(std::array<std::int32_t, 3> edges, const std::vector<double>& scale) {
        std::int32_t best = edges[0];
        for (const std::int32_t edge : {edges[1], edges[2]})
            if (scale[static_cast<std::size_t>(edge)] > scale[static_cast<std::size_t>(best)])
                best = edge;
        return best;
    }
};

static_assert(Filtration<weak_delaunay>);

} // namespace topoprune
