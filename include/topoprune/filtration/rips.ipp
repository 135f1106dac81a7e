// SPDX-License-Identifier: MIT
#pragma once

#include "rips.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE triangulated_complex rips::build(matrix_view<const double> points,
                                                  const execution& where) const {
    check(points, "rips::build");
    triangulated_complex complex;
    add_edges(points, complex, where, "rips::build", simplices);
    std::atomic<std::int64_t> count{0};
    refuse_more(count, std::ssize(complex.edges), "rips::build", simplices);
    if (dimension >= 2)
        add_triangles(complex, count, where);
    return complex;
}

TOPOPRUNE_DEFINE rips_graph rips::graph(matrix_view<const double> points, const execution& where) const {
    check(points, "rips::graph");
    rips_graph result;
    add_edges(points, result, where, "rips::graph", "the number of edges");
    return result;
}

TOPOPRUNE_DEFINE void rips::count_edges(matrix_view<const double> points, double largest,
                                        const execution& where, std::string_view function,
                                        std::string_view what) const {
    std::atomic<std::int64_t> count{0};
    where.parallel_ranges(points.rows(), grain, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        for (std::int64_t u = begin; u < end; ++u) {
            std::int64_t added = 0;
            for (std::int64_t v = u + 1; v < points.rows(); ++v)
                added += detail::half_distance(points, u, v) <= largest;
            refuse_more(count, added, function, what);
        }
    });
}

TOPOPRUNE_DEFINE void rips::check(matrix_view<const double> points, std::string_view function) const {
    require(!threshold || *threshold >= 0, function, "threshold", threshold.value_or(0), "at least 0");
    require(dimension >= 1 && dimension <= 3, function, "dimension", dimension, "1, 2 or 3");
    require(max_simplices >= 0 && max_simplices <= most, function, "max_simplices", max_simplices,
            "between 0 and 2^31 - 2");
    require(points.rows() <= most, function, "the number of points", points.rows(), "below 2^31 - 1");
    require_finite(points, function, "points");
}

TOPOPRUNE_DEFINE bool rips::later_neighbors::joined(std::int32_t u, std::int32_t v) const {
    const auto own =
        edges.subspan(static_cast<std::size_t>(begin(u)), static_cast<std::size_t>(end(u) - begin(u)));
    const auto at = std::lower_bound(own.begin(), own.end(), v,
                                     [](const complex_edge& e, std::int32_t w) { return e.v < w; });
    return at != own.end() && at->v == v;
}

TOPOPRUNE_DEFINE rips::later_neighbors rips::neighbors_in(const triangulated_complex& complex) {
    later_neighbors graph{complex.edges,
                          std::vector<std::int32_t>(static_cast<std::size_t>(complex.vertices) + 1, 0)};
    for (const complex_edge& edge : complex.edges)
        ++graph.first[static_cast<std::size_t>(edge.u) + 1];
    for (std::size_t v = 1; v < graph.first.size(); ++v)
        graph.first[v] += graph.first[v - 1];
    return graph;
}

TOPOPRUNE_DEFINE void rips::count_triangles(const later_neighbors& graph, std::int64_t vertices,
                                            const execution& where) const {
    std::atomic<std::int64_t> count{std::ssize(graph.edges)};
    where.parallel_ranges(vertices, grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto u = static_cast<std::int32_t>(begin); u < end; ++u)
            for (std::int32_t uv = graph.begin(u); uv < graph.end(u); ++uv) {
                where.check_interruption();
                std::int64_t added = 0;
                graph.for_each_common(u, uv, graph.head(uv), [&](std::int32_t, std::int32_t) { ++added; });
                refuse_more(count, added, "rips::build", simplices);
            }
    });
}

TOPOPRUNE_DEFINE void rips::add_triangles(triangulated_complex& complex, std::atomic<std::int64_t>& count,
                                          const execution& where) const {
    const later_neighbors graph = neighbors_in(complex);
    if (may_have_too_many_triangles(complex.edges.size()))
        count_triangles(graph, complex.vertices, where);
    const auto scale = [&](std::int32_t e) { return complex.edge_scale[static_cast<std::size_t>(e)]; };

    struct part {
        std::vector<complex_triangle> triangles;
        std::vector<std::array<std::int32_t, 4>> tetrahedra;
    };
    std::vector<part> parts(static_cast<std::size_t>((complex.vertices + grain - 1) / grain));
    where.parallel_ranges(complex.vertices, grain, [&](std::int64_t begin, std::int64_t end) {
        part& own = parts[static_cast<std::size_t>(begin / grain)];
        for (auto u = static_cast<std::int32_t>(begin); u < end; ++u)
            for (std::int32_t uv = graph.begin(u); uv < graph.end(u); ++uv) {
                where.check_interruption();
                const std::int32_t v = graph.head(uv);
                const std::size_t before = own.triangles.size() + own.tetrahedra.size();
                graph.for_each_common(u, uv, v, [&](std::int32_t uw, std::int32_t vw) {
                    const std::int32_t w = graph.head(uw);
                    complex_triangle triangle{{u, v, w}, {uv, uw, vw}, 0};
                    triangle.longest_edge = // ties go to the least edge
                        *std::max_element(triangle.edges.begin(), triangle.edges.end(),
                                          [&](auto e, auto f) { return scale(e) < scale(f); });
                    own.triangles.push_back(triangle);
                    if (dimension >= 3)
                        graph.for_each_common(u, uw, v, [&](std::int32_t ux, std::int32_t) {
                            if (graph.joined(w, graph.head(ux)))
                                own.tetrahedra.push_back({u, v, w, graph.head(ux)});
                        });
                });
                refuse_more(count,
                            static_cast<std::int64_t>(own.triangles.size() + own.tetrahedra.size() - before),
                            "rips::build", simplices);
            }
    });
    for (part& own : parts) {
        complex.triangles.insert(complex.triangles.end(), own.triangles.begin(), own.triangles.end());
        complex.tetrahedra.insert(complex.tetrahedra.end(), own.tetrahedra.begin(), own.tetrahedra.end());
        own = {};
    }
}

} // namespace topoprune
