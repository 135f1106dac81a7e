// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/matrix.hpp"
#include "../planar_complex.hpp"

#include <boost/polygon/voronoi.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

/// The Delaunay triangulation of points in the plane, as the dual of the Voronoi diagram of Boost.Polygon.
namespace topoprune::detail {

/// A point on the integer grid that stands for one or more input points.
struct delaunay_site {
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::int32_t id = 0;
};

} // namespace topoprune::detail

template <>
struct boost::polygon::geometry_concept<topoprune::detail::delaunay_site> {
    using type = point_concept;
};

template <>
struct boost::polygon::point_traits<topoprune::detail::delaunay_site> {
    using coordinate_type = std::int32_t;
    static coordinate_type get(const topoprune::detail::delaunay_site& site, orientation_2d axis) {
        return axis == HORIZONTAL ? site.x : site.y;
    }
};

namespace topoprune::detail {

/// The points on a grid of 2^30 steps along the longer side of their bounding box, where the diagram's
/// predicates are exact. The grid only decides which pairs are connected: lengths are taken from the points.
[[nodiscard]] inline std::vector<delaunay_site> snap_to_grid(matrix_view<const double> points) {
    std::vector<delaunay_site> sites(static_cast<std::size_t>(points.rows()));
    if (points.rows() == 0)
        return sites;
    const auto coordinates = points.eigen();
    const Eigen::RowVector2d low = coordinates.colwise().minCoeff();
    const Eigen::RowVector2d high = coordinates.colwise().maxCoeff();
    // Halves keep the difference of two huge coordinates finite.
    const double half_extent = (0.5 * high - 0.5 * low).maxCoeff();
    const double steps = half_extent > 0 ? 0x1p29 : 0.0;
    const auto snapped = [&](double value, double lowest) {
        return half_extent > 0 ? static_cast<std::int32_t>(
                                     std::lround((0.5 * value - 0.5 * lowest) / half_extent * 2 * steps))
                               : 0;
    };
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const auto row = static_cast<std::int64_t>(i);
        sites[i] = {snapped(points(row, 0), low(0)), snapped(points(row, 1), low(1)),
                    static_cast<std::int32_t>(i)};
    }
    return sites;
}

/// Sorts the sites by position and keeps of each position the site with the least id. The pairs (kept, twin)
/// that coincide on the grid are returned apart.
[[nodiscard]] inline std::vector<std::pair<std::int32_t, std::int32_t>>
separate_twins(std::vector<delaunay_site>& sites) {
    std::sort(sites.begin(), sites.end(), [](const delaunay_site& a, const delaunay_site& b) {
        return std::tie(a.x, a.y, a.id) < std::tie(b.x, b.y, b.id);
    });
    std::vector<std::pair<std::int32_t, std::int32_t>> twins;
    std::size_t kept = 0;
    for (const delaunay_site& site : sites) {
        if (kept > 0 && sites[kept - 1].x == site.x && sites[kept - 1].y == site.y)
            twins.emplace_back(sites[kept - 1].id, site.id);
        else
            sites[kept++] = site;
    }
    sites.resize(kept);
    return twins;
}

/// A side of a triangle, or an edge without one (triangle -1).
struct triangle_side {
    std::int32_t u;
    std::int32_t v;
    std::int32_t triangle;
};

/// The triangles around every vertex of the Voronoi diagram. More than three cocircular sites make a polygon;
/// it is cut into a fan from its least id, so that the choice repeats. `pairs` receives the pairs of sites
/// whose cells touch: they are sides of triangles, unless all sites lie on one line.
inline void read_voronoi_diagram(const std::vector<delaunay_site>& sites,
                                 std::vector<std::array<std::int32_t, 3>>& triangles,
                                 std::vector<triangle_side>& pairs) {
    boost::polygon::voronoi_diagram<double> diagram;
    boost::polygon::construct_voronoi(sites.begin(), sites.end(), &diagram);
    std::vector<std::size_t> around;
    for (const auto& vertex : diagram.vertices()) {
        around.clear();
        const auto* edge = vertex.incident_edge();
        do {
            around.push_back(edge->cell()->source_index());
            edge = edge->rot_next();
        } while (edge != vertex.incident_edge());
        std::rotate(around.begin(), std::min_element(around.begin(), around.end()), around.end());
        for (std::size_t i = 1; i + 1 < around.size(); ++i) {
            std::array<std::int32_t, 3> corners{sites[around[0]].id, sites[around[i]].id,
                                                sites[around[i + 1]].id};
            std::sort(corners.begin(), corners.end());
            triangles.push_back(corners);
        }
    }
    for (const auto& edge : diagram.edges()) {
        const std::int32_t u = sites[edge.cell()->source_index()].id;
        const std::int32_t v = sites[edge.twin()->cell()->source_index()].id;
        if (u < v)
            pairs.push_back({u, v, -1});
    }
}

/// The triangulation of points (n x 2, finite) without scales. Points that coincide on the grid are seen once
/// by the triangulation; every further one hangs on the first by an edge of its own. O(n log n).
[[nodiscard]] inline planar_complex delaunay_triangulation(matrix_view<const double> points) {
    planar_complex complex;
    complex.vertices = points.rows();
    std::vector<delaunay_site> sites = snap_to_grid(points);
    const auto twins = separate_twins(sites);

    std::vector<std::array<std::int32_t, 3>> triangles;
    std::vector<triangle_side> sides;
    read_voronoi_diagram(sites, triangles, sides);
    std::sort(triangles.begin(), triangles.end());
    for (const auto& [kept, twin] : twins)
        sides.push_back({std::min(kept, twin), std::max(kept, twin), -1});
    for (std::size_t t = 0; t < triangles.size(); ++t) {
        const auto& corners = triangles[t];
        for (const auto& [u, v] : {std::pair{corners[0], corners[1]}, std::pair{corners[0], corners[2]},
                                   std::pair{corners[1], corners[2]}})
            sides.push_back({u, v, static_cast<std::int32_t>(t)});
    }
    std::sort(sides.begin(), sides.end(), [](const triangle_side& a, const triangle_side& b) {
        return std::tie(a.u, a.v, a.triangle) < std::tie(b.u, b.v, b.triangle);
    });

    const auto outer_face = static_cast<std::int32_t>(triangles.size());
    complex.triangles.resize(triangles.size());
    std::vector<std::int32_t> sides_known(triangles.size(), 0);
    for (std::size_t begin = 0, end = 0; begin < sides.size(); begin = end) {
        planar_edge edge{sides[begin].u, sides[begin].v, {outer_face, outer_face}};
        std::size_t faces = 0;
        for (end = begin; end < sides.size() && sides[end].u == edge.u && sides[end].v == edge.v; ++end) {
            const std::int32_t t = sides[end].triangle;
            if (t < 0)
                continue;
            if (faces == 2)
                throw std::logic_error("delaunay_triangulation: an edge has more than two triangles");
            edge.faces[faces++] = t;
            const auto at = static_cast<std::size_t>(t);
            complex.triangles[at].edges[static_cast<std::size_t>(sides_known[at]++)] =
                static_cast<std::int32_t>(complex.edges.size());
        }
        complex.edges.push_back(edge);
    }
    for (std::size_t t = 0; t < triangles.size(); ++t)
        complex.triangles[t].vertices = triangles[t];
    return complex;
}

} // namespace topoprune::detail
