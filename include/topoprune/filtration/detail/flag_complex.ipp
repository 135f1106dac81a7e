// SPDX-License-Identifier: MIT
#pragma once

#include "flag_complex.hpp"

#include "../../core/checks.hpp"

#include <cmath>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double half_distance(matrix_view<const double> points, std::int64_t u, std::int64_t v) {
    if (points.columns() == 2)
        return std::hypot(0.5 * points(u, 0) - 0.5 * points(v, 0), 0.5 * points(u, 1) - 0.5 * points(v, 1));
    double square = 0;
    for (std::int64_t k = 0; k < points.columns(); ++k) {
        const double part = 0.5 * points(u, k) - 0.5 * points(v, k);
        square += part * part;
    }
    if (square > 1e-250 && square < 1e250) [[likely]]
        return std::sqrt(square);
    double length = 0; // squares that might be too large or too small for a double
    for (std::int64_t k = 0; k < points.columns(); ++k)
        length = std::hypot(length, 0.5 * points(u, k) - 0.5 * points(v, k));
    return length;
}

TOPOPRUNE_DEFINE triangulated_complex flag_complex(matrix_view<const double> points,
                                                   simplex_lists simplices) {
    triangulated_complex complex;
    complex.vertices = points.rows();
    sort_without_repetition(simplices.tetrahedra, complex.vertices);
    append_facets(simplices.tetrahedra, simplices.triangles);
    sort_without_repetition(simplices.triangles, complex.vertices);
    append_facets(simplices.triangles, simplices.edges);
    sort_without_repetition(simplices.edges, complex.vertices);
    for (const std::size_t count : {simplices.edges.size(), simplices.triangles.size()})
        require(count < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()), "flag_complex",
                "the number of edges or triangles", count, "below 2^31 - 1");

    std::vector<std::int32_t> first_edge(static_cast<std::size_t>(complex.vertices) + 1, 0);
    complex.edges.reserve(simplices.edges.size());
    complex.edge_scale.reserve(simplices.edges.size());
    for (const auto& [u, v] : simplices.edges) {
        complex.edges.push_back({u, v});
        complex.edge_scale.push_back(half_distance(points, u, v));
        ++first_edge[static_cast<std::size_t>(u) + 1];
    }
    for (std::size_t v = 1; v < first_edge.size(); ++v)
        first_edge[v] += first_edge[v - 1];
    const auto edge_of = [&](std::int32_t u, std::int32_t v) {
        const auto begin = complex.edges.begin() + first_edge[static_cast<std::size_t>(u)];
        const auto end = complex.edges.begin() + first_edge[static_cast<std::size_t>(u) + 1];
        const auto found =
            std::lower_bound(begin, end, v, [](const complex_edge& e, std::int32_t w) { return e.v < w; });
        return static_cast<std::int32_t>(found - complex.edges.begin());
    };
    const auto scale = [&](std::int32_t e) { return complex.edge_scale[static_cast<std::size_t>(e)]; };
    complex.triangles.reserve(simplices.triangles.size());
    for (const auto& corners : simplices.triangles) {
        const auto& [a, b, c] = corners;
        complex_triangle triangle{corners, {edge_of(a, b), edge_of(a, c), edge_of(b, c)}, 0};
        // Ties go to the least edge.
        triangle.longest_edge = *std::max_element(triangle.edges.begin(), triangle.edges.end(),
                                                  [&](auto e, auto f) { return scale(e) < scale(f); });
        complex.triangles.push_back(triangle);
    }
    complex.tetrahedra = std::move(simplices.tetrahedra);
    return complex;
}

} // namespace topoprune::detail
