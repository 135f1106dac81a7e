// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// An edge of a triangulated plane: its two ends, u < v, and the faces on its two sides. Face t < number of
/// triangles is triangle t; the number of triangles itself is the outer face. An edge inside one face (a
/// bridge) has that face on both sides.
struct planar_edge {
    std::int32_t u = 0;
    std::int32_t v = 0;
    std::array<std::int32_t, 2> faces{};
};

/// A triangle: its vertices in ascending order, its edges, and which of the edges is the longest one.
struct planar_triangle {
    std::array<std::int32_t, 3> vertices{};
    std::array<std::int32_t, 3> edges{};
    std::int32_t longest_edge = 0;
};

/// A triangulation of points in the plane, graded by one parameter: a vertex enters at 0, an edge at
/// `edge_scale`, half its length, and a triangle with its longest edge. Edges and triangles are sorted by
/// their vertices, so that equal point sets give equal complexes. About 60 bytes an edge, 3 edges a point.
struct planar_complex {
    std::int64_t vertices = 0;
    std::vector<planar_edge> edges;
    std::vector<planar_triangle> triangles;
    std::vector<double> edge_scale;
};

/// The same, graded by a second parameter: a vertex enters at its codensity, every other simplex with the
/// last of its vertices.
struct bifiltered_planar_complex : planar_complex {
    std::vector<double> codensity;
};

/// Atom of GradedByScale: `vertices`, how many there are, and a list of edges by their two ends.
template <class C>
concept ListsEdges = requires(const C& complex) {
    { complex.vertices } -> std::convertible_to<std::int64_t>;
    { complex.edges.size() } -> std::convertible_to<std::size_t>;
    { complex.edges.begin() + std::ptrdiff_t{} } -> std::same_as<decltype(complex.edges.begin())>;
    { complex.edges[0].u } -> std::convertible_to<std::int32_t>;
    { complex.edges[0].v } -> std::convertible_to<std::int32_t>;
};

/// Atom of GradedByScale: a list of triangles by their three vertices, their three edges, and which of these
/// is the longest one.
template <class C>
concept ListsTriangles = requires(const C& complex) {
    { complex.triangles.size() } -> std::convertible_to<std::size_t>;
    { *complex.triangles.begin() } -> std::same_as<decltype(complex.triangles[0])>;
    { complex.triangles[0].vertices } -> std::same_as<const std::array<std::int32_t, 3>&>;
    { complex.triangles[0].edges } -> std::same_as<const std::array<std::int32_t, 3>&>;
    { complex.triangles[0].longest_edge } -> std::convertible_to<std::int32_t>;
};

/// Atom of GradedByScale: a scale for each edge.
template <class C>
concept ScalesEdges = requires(const C& complex) {
    { std::span<const double>(complex.edge_scale) };
    { complex.edge_scale[0] } -> std::convertible_to<double>;
    { complex.edge_scale.size() } -> std::convertible_to<std::size_t>;
};

/// A type that holds simplices up to triangles, and the scale at which each enters with the edge that sets
/// it.
/// Semantics: vertices are 0, ..., vertices - 1 and enter at scale 0. Edge e joins u < v and enters at
/// edge_scale[e] >= 0, which is half the distance of its ends: derivatives by the scale are taken to be
/// those. The vertices of a triangle ascend, its edges are places in the list of edges, and it enters with
/// `longest_edge`, the one of the three with the largest scale. Edges and triangles are sorted by their
/// vertices, none is there twice, and every face of a simplex is there. A complex may also list `tetrahedra`,
/// arrays of four vertices with the same order, and, where it has fewer vertices than points, `points`, the
/// point of each vertex, ascending.
/// What of this a program can see at a glance is checked where a complex is used; the laws of filtrations
/// (tests/laws/filtration_laws.hpp) check all of it.
/// Models: planar_complex, triangulated_complex, sliced_complex, and the bifiltered ones.
template <class C>
concept GradedByScale = ListsEdges<C> && ListsTriangles<C> && ScalesEdges<C>;

/// Atom: each vertex has a codensity.
template <class C>
concept GradedByCodensity = requires(const C& complex) {
    { std::span<const double>(complex.codensity) };
    { complex.codensity[0] } -> std::convertible_to<double>;
    { complex.codensity.size() } -> std::convertible_to<std::size_t>;
};

/// Atom: embedded in the plane; each edge knows the faces on its two sides, so the complex has a dual graph.
/// Face t below the number of triangles is triangle t, the number of triangles is the outer face.
template <class C>
concept HasDualGraph = requires(const C& complex) {
    { complex.edges[0].faces } -> std::same_as<const std::array<std::int32_t, 2>&>;
};

/// A type that holds simplices with two grades each and the ids that set them: scale by an edge, codensity by
/// a vertex. Grades do not decrease from a face to a simplex.
template <class C>
concept BifilteredComplex = GradedByScale<C> && GradedByCodensity<C>;

/// A bifiltered complex in the plane, which duality serves without a matrix.
template <class C>
concept PlanarComplex = BifilteredComplex<C> && HasDualGraph<C>;

static_assert(GradedByScale<planar_complex> && !BifilteredComplex<planar_complex>);
static_assert(PlanarComplex<bifiltered_planar_complex>);

} // namespace topoprune
