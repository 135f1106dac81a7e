// SPDX-License-Identifier: MIT
#pragma once

#include "weak_delaunay.hpp"

#include "detail/delaunay_triangulation.hpp"
#include "detail/flag_complex.hpp"

#include <cmath>
#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE planar_complex weak_delaunay::build(matrix_view<const double> points,
                                                     const execution& where) const {
    require(points.columns() == 2 || points.rows() == 0, "weak_delaunay::build", "the dimension of points",
            points.columns(), "2");
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

TOPOPRUNE_DEFINE std::int32_t weak_delaunay::longest(std::array<std::int32_t, 3> edges,
                                                     const std::vector<double>& scale) {
    std::int32_t best = edges[0];
    for (const std::int32_t edge : {edges[1], edges[2]})
        if (scale[static_cast<std::size_t>(edge)] > scale[static_cast<std::size_t>(best)])
            best = edge;
    return best;
}

} // namespace topoprune
