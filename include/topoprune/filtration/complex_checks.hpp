// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "planar_complex.hpp"
#include "rips_graph.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune {

namespace detail {

/// Puts the words together for what is wrong alone.
void refuse_simplex(std::string_view function, std::string_view what, std::int64_t i, const auto& value,
                    std::string_view bound) {
    require(false, function, std::string(what) + std::to_string(i) + " of the filtration's complex", value,
            bound);
}

/// The part of require_complex that a complex and a graph have in common.
template <class C>
void require_edges(const C& complex, std::int64_t vertices, std::string_view function) {
    const auto edges = static_cast<std::int64_t>(complex.edges.size());
    require(std::ssize(complex.edge_scale) == edges, function,
            "the number of edge scales of the filtration's complex", complex.edge_scale.size(),
            "that of its edges,", edges);
    std::pair<std::int32_t, std::int32_t> last{-1, -1};
    for (std::int64_t e = 0; e < edges; ++e) {
        const auto& edge = complex.edges[static_cast<std::size_t>(e)];
        const std::pair<std::int32_t, std::int32_t> ends{edge.u, edge.v};
        if (ends.first < 0 || ends.first >= ends.second || ends.second >= vertices)
            refuse_simplex(function, "the second vertex of edge ", e, ends.second,
                           "above the first, and both of them vertices");
        if (!(last < ends))
            refuse_simplex(function, "the first vertex of edge ", e, ends.first,
                           "in order: edges ascend by their vertices");
        last = ends;
        const double scale = complex.edge_scale[static_cast<std::size_t>(e)];
        if (!(scale >= 0) || std::isinf(scale))
            refuse_simplex(function, "the scale of edge ", e, scale, "at least 0 and finite");
    }
}

} // namespace detail

/// Throws std::invalid_argument, naming the function and the first thing that is wrong, unless all numbers in
/// a complex on n points name simplices that are there, edges and triangles ascend, and a triangle enters
/// with its last edge: what homology relies on, of a filtration that may be anybody's. O(size of the
/// complex).
template <GradedByScale C>
void require_complex(const C& complex, std::int64_t n, std::string_view function) {
    const auto vertices = static_cast<std::int64_t>(complex.vertices);
    const auto edges = static_cast<std::int64_t>(complex.edges.size());
    const auto triangles = static_cast<std::int64_t>(complex.triangles.size());
    const auto refuse = [&](std::string_view what, std::int64_t i, const auto& value,
                            std::string_view bound) {
        detail::refuse_simplex(function, what, i, value, bound);
    };

    if constexpr (requires { complex.points; }) {
        require(std::ssize(complex.points) == vertices, function,
                "the number of points that the filtration's complex names", complex.points.size(),
                "that of its vertices,", vertices);
        for (const std::int32_t point : complex.points)
            require(point >= 0 && point < n, function, "a point that the filtration's complex names", point,
                    "at least 0 and below the number of points,", n);
    } else {
        require(vertices == n, function, "the number of vertices of the filtration's complex", vertices,
                "the number of points,", n);
    }
    detail::require_edges(complex, vertices, function);
    if constexpr (HasDualGraph<C>)
        for (std::int64_t e = 0; e < edges; ++e)
            for (const std::int32_t face : complex.edges[static_cast<std::size_t>(e)].faces)
                if (face < 0 || face > triangles)
                    refuse("a face beside edge ", e, face, "a triangle or the number of triangles");
    std::array<std::int32_t, 3> last_triangle{-1, -1, -1};
    for (std::int64_t t = 0; t < triangles; ++t) {
        const auto& triangle = complex.triangles[static_cast<std::size_t>(t)];
        const auto [a, b, c] = triangle.vertices;
        if (a < 0 || a >= b || b >= c || c >= vertices)
            refuse("the last vertex of triangle ", t, c, "above the others, which ascend, and a vertex");
        if (!(last_triangle < triangle.vertices))
            refuse("the first vertex of triangle ", t, a, "in order: triangles ascend by their vertices");
        last_triangle = triangle.vertices;
        const std::int32_t longest = triangle.longest_edge;
        if (longest < 0 || longest >= edges)
            refuse("the longest edge of triangle ", t, longest, "an edge");
        for (const std::int32_t e : triangle.edges) {
            if (e < 0 || e >= edges)
                refuse("an edge of triangle ", t, e, "an edge");
            if (complex.edge_scale[static_cast<std::size_t>(e)] >
                complex.edge_scale[static_cast<std::size_t>(longest)])
                refuse("the longest edge of triangle ", t, longest, "the one of the largest scale");
        }
    }
    if constexpr (requires { complex.tetrahedra; })
        for (std::size_t t = 0; t < complex.tetrahedra.size(); ++t) {
            const auto [a, b, c, d] = complex.tetrahedra[t];
            if (a < 0 || a >= b || b >= c || c >= d || d >= vertices)
                refuse("the last vertex of tetrahedron ", static_cast<std::int64_t>(t), d,
                       "above the others, which ascend, and a vertex");
        }
    if constexpr (GradedByCodensity<C>) {
        require(std::ssize(complex.codensity) == vertices, function,
                "the number of codensities of the filtration's complex", complex.codensity.size(),
                "that of its vertices,", vertices);
        for (const double value : complex.codensity)
            require(!std::isnan(value), function, "a codensity of the filtration's complex", value,
                    "a number");
    }
}

/// The same of a graph whose cliques are the simplices. O(size of the graph).
inline void require_complex(const rips_graph& graph, std::int64_t n, std::string_view function) {
    require(graph.vertices == n, function, "the number of vertices of the filtration's complex",
            graph.vertices, "the number of points,", n);
    detail::require_edges(graph, n, function);
    require(graph.scale_pair.empty() || graph.scale_pair.size() == graph.edges.size(), function,
            "the number of pairs that set the scales of the filtration's complex", graph.scale_pair.size(),
            "0 or that of its edges,", graph.edges.size());
    for (std::size_t e = 0; e < graph.scale_pair.size(); ++e)
        for (const std::int32_t point : {graph.scale_pair[e].u, graph.scale_pair[e].v})
            if (point < 0 || point >= n)
                detail::refuse_simplex(function, "a point that sets the scale of edge ",
                                       static_cast<std::int64_t>(e), point, "one of the points");
}

/// The complex or graph itself, after require_complex.
template <class C>
[[nodiscard]] C checked_complex(C complex, std::int64_t n, std::string_view function) {
    require_complex(complex, n, function);
    return complex;
}

} // namespace topoprune
