// SPDX-License-Identifier: MIT
#pragma once

#include "planar_complex.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace topoprune {

/// An edge: its two ends, u < v.
struct complex_edge {
    std::int32_t u = 0;
    std::int32_t v = 0;
};

/// A triangle: its vertices in ascending order, its edges in the order of their vertices (01, 02, 12), and
/// which of the edges is the longest one.
struct complex_triangle {
    std::array<std::int32_t, 3> vertices{};
    std::array<std::int32_t, 3> edges{};
    std::int32_t longest_edge = 0;
};

/// A complex with flag values, graded by one parameter: a vertex enters at 0, an edge at `edge_scale`, half
/// its length, a triangle with its longest edge and a tetrahedron with the longest of its six. It need not
/// lie in the plane. Edges, triangles and tetrahedra are sorted by their vertices, so that equal point sets
/// give equal complexes; every face of a simplex is there. Tetrahedra matter for degree 2 only and may be
/// left out. About 16 bytes an edge, 28 a triangle, 16 a tetrahedron.
struct triangulated_complex {
    std::int64_t vertices = 0;
    std::vector<complex_edge> edges;
    std::vector<complex_triangle> triangles;
    /// The vertices of each, in ascending order.
    std::vector<std::array<std::int32_t, 4>> tetrahedra;
    std::vector<double> edge_scale;
    /// Whether the tetrahedra fill the complex: no triangle is in more than two of them, every cycle of
    /// triangles is the boundary of one set of them and no other, and no loop of edges stays open, as in a
    /// triangulation of a ball. Degree 1 of the signed measure then needs no matrix. function_delaunay sets
    /// it in the plane; to be cleared where simplices are taken out.
    bool tetrahedra_fill = false;
};

/// The same, graded by a second parameter: a vertex enters at its codensity, every other simplex with the
/// last of its vertices.
struct bifiltered_complex : triangulated_complex {
    std::vector<double> codensity;
};

/// Any complex graded by scale with a codensity for each vertex: what density_bifiltration makes of a complex
/// of one's own.
template <GradedByScale C>
struct with_codensity : C {
    std::vector<double> codensity;
};

static_assert(GradedByScale<triangulated_complex> && !BifilteredComplex<triangulated_complex>);
static_assert(BifilteredComplex<bifiltered_complex> && !PlanarComplex<bifiltered_complex>);

} // namespace topoprune
