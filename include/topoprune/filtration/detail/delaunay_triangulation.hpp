// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "../planar_complex.hpp"
#include "simplicial_mesh.hpp"
#include "sort_simplices.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

/// The Delaunay triangulation of points in the plane as a planar complex.
namespace topoprune::detail {

/// The different places among the points, in the given order, and the pairs (first, twin) of points at one
/// place, `first` being the one that comes first. Equal places must follow each other in `order`.
template <std::size_t Dimension>
[[nodiscard]] std::vector<std::pair<std::int32_t, std::int32_t>>
separate_twins(const std::vector<coordinates<Dimension>>& places, const std::vector<std::int32_t>& order,
               delaunay_sites<Dimension>& sites) {
    std::vector<std::pair<std::int32_t, std::int32_t>> twins;
    sites.places.reserve(order.size());
    sites.numbers.reserve(order.size());
    for (const std::int32_t i : order) {
        const coordinates<Dimension>& place = places[static_cast<std::size_t>(i)];
        if (!sites.places.empty() && sites.places.back() == place) {
            twins.emplace_back(sites.numbers.back(), i);
        } else {
            sites.places.push_back(place);
            sites.numbers.push_back(i);
        }
    }
    return twins;
}

/// The edges and triangles of a mesh of the plane, or of a line in it, under the numbers of its sites.
template <std::size_t Flat>
void read_plane(const simplicial_mesh<Flat, 2>& mesh, const std::vector<std::int32_t>& numbers,
                planar_complex& complex) {
    using cell_type = typename simplicial_mesh<Flat, 2>::cell;
    const auto number = [&](std::int32_t v) { return numbers[static_cast<std::size_t>(v)]; };
    const std::vector<cell_type>& cells = mesh.cells();
    if constexpr (Flat == 1) {
        for (const cell_type& c : cells)
            if (mesh.is_finite(c)) {
                const auto [u, v] = std::minmax({number(c.corners[0]), number(c.corners[1])});
                complex.edges.push_back({u, v, {0, 0}});
            }
    }
    if constexpr (Flat == 2) {
        struct numbered_cell {
            std::array<std::int32_t, 3> vertices;
            std::int32_t cell;
        };
        std::vector<numbered_cell> finite;
        finite.reserve(cells.size());
        for (std::size_t c = 0; c < cells.size(); ++c)
            if (mesh.is_finite(cells[c])) {
                std::array<std::int32_t, 3> vertices;
                std::transform(cells[c].corners.begin(), cells[c].corners.end(), vertices.begin(), number);
                std::sort(vertices.begin(), vertices.end());
                finite.push_back({vertices, static_cast<std::int32_t>(c)});
            }
        finite = sorted_by_vertices(std::move(finite), complex.vertices,
                                    [](const numbered_cell& c) { return c.vertices; });
        const auto outer_face = static_cast<std::int32_t>(finite.size());
        std::vector<std::int32_t> face_of(cells.size(), outer_face);
        complex.triangles.resize(finite.size());
        for (std::size_t t = 0; t < finite.size(); ++t) {
            face_of[static_cast<std::size_t>(finite[t].cell)] = static_cast<std::int32_t>(t);
            complex.triangles[t].vertices = finite[t].vertices;
        }
        complex.edges.reserve(3 * numbers.size());
        for (std::size_t t = 0; t < finite.size(); ++t) {
            const cell_type& c = cells[static_cast<std::size_t>(finite[t].cell)];
            for (std::size_t i = 0; i < 3; ++i) {
                const std::int32_t here = static_cast<std::int32_t>(t);
                const std::int32_t there = face_of[static_cast<std::size_t>(c.neighbors[i])];
                if (there < here)
                    continue;
                const auto [u, v] =
                    std::minmax({number(c.corners[(i + 1) % 3]), number(c.corners[(i + 2) % 3])});
                complex.edges.push_back({u, v, {here, there}});
            }
        }
    }
}

/// The triangulation of points (n x 2, finite) without scales. Points at one place are seen once; every
/// further one hangs on the one with the least number by an edge of its own. O(n log n).
TOPOPRUNE_DECLARE [[nodiscard]] planar_complex delaunay_triangulation(matrix_view<const double> points);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "delaunay_triangulation.ipp"
#endif
