// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/matrix.hpp>
#include <topoprune/core/random.hpp>
#include <topoprune/filtration/bifiltered_complex.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numbers>
#include <numeric>
#include <set>
#include <vector>

/// Bifiltered complexes that the tests of homology share.
namespace complexes {

using topoprune::bifiltered_complex;
using topoprune::matrix;
using topoprune::random_stream;

using edge_set = std::set<std::array<std::int32_t, 2>>;
using triangle_set = std::set<std::array<std::int32_t, 3>>;
using tetrahedron_set = std::set<std::array<std::int32_t, 4>>;

/// The complex of these simplices and all their faces; scale(u, v) grades the edges.
template <class Scale>
bifiltered_complex closure(std::vector<double> codensity, edge_set edges, triangle_set triangles,
                           const tetrahedron_set& tetrahedra, Scale scale) {
    for (const auto& [a, b, c, d] : tetrahedra)
        triangles.insert({{a, b, c}, {a, b, d}, {a, c, d}, {b, c, d}});
    for (const auto& [a, b, c] : triangles)
        edges.insert({{a, b}, {a, c}, {b, c}});
    bifiltered_complex complex;
    complex.vertices = std::ssize(codensity);
    complex.codensity = std::move(codensity);
    std::map<std::array<std::int32_t, 2>, std::int32_t> number;
    for (const auto& [u, v] : edges) {
        number[{u, v}] = static_cast<std::int32_t>(complex.edges.size());
        complex.edges.push_back({u, v});
        complex.edge_scale.push_back(scale(u, v));
    }
    for (const auto& [a, b, c] : triangles) {
        const std::array sides{number[{a, b}], number[{a, c}], number[{b, c}]};
        complex.triangles.push_back(
            {{a, b, c}, sides, *std::max_element(sides.begin(), sides.end(), [&](auto e, auto g) {
                 return complex.edge_scale[static_cast<std::size_t>(e)] <
                        complex.edge_scale[static_cast<std::size_t>(g)];
             })});
    }
    complex.tetrahedra.assign(tetrahedra.begin(), tetrahedra.end());
    return complex;
}

/// Half the distance of two rows.
inline auto half_distance(const matrix<double>& points) {
    return [&points](std::int32_t u, std::int32_t v) {
        double square = 0;
        for (std::int64_t k = 0; k < points.cols(); ++k)
            square += (points(u, k) - points(v, k)) * (points(u, k) - points(v, k));
        return 0.5 * std::sqrt(square);
    };
}

/// The Rips complex up to `threshold`, with its tetrahedra.
template <class Scale>
bifiltered_complex flag(std::vector<double> codensity, Scale scale, double threshold) {
    const auto n = static_cast<std::int32_t>(codensity.size());
    const auto near = [&](std::int32_t u, std::int32_t v) { return scale(u, v) <= threshold; };
    edge_set edges;
    triangle_set triangles;
    tetrahedron_set tetrahedra;
    for (std::int32_t a = 0; a < n; ++a)
        for (std::int32_t b = a + 1; b < n; ++b) {
            if (!near(a, b))
                continue;
            edges.insert({a, b});
            for (std::int32_t c = b + 1; c < n; ++c) {
                if (!near(a, c) || !near(b, c))
                    continue;
                triangles.insert({a, b, c});
                for (std::int32_t d = c + 1; d < n; ++d)
                    if (near(a, d) && near(b, d) && near(c, d))
                        tetrahedra.insert({a, b, c, d});
            }
        }
    return closure(std::move(codensity), std::move(edges), std::move(triangles), tetrahedra, scale);
}

/// The incremental Delaunay complex of points in general position: they enter in the order of their
/// codensities, and every cell of the triangulation that an entering point destroys is joined to it. It has
/// tetrahedra, and with flag values voids: dim H_2 need not be 0. Quadratic time, for tests.
inline bifiltered_complex incremental_delaunay(const matrix<double>& points, std::vector<double> codensity) {
    const auto turn = [&](std::int32_t a, std::int32_t b, std::int32_t c) {
        return (points(b, 0) - points(a, 0)) * (points(c, 1) - points(a, 1)) -
               (points(b, 1) - points(a, 1)) * (points(c, 0) - points(a, 0));
    };
    const auto in_circle = [&](std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
        const double ax = points(a, 0) - points(d, 0), ay = points(a, 1) - points(d, 1);
        const double bx = points(b, 0) - points(d, 0), by = points(b, 1) - points(d, 1);
        const double cx = points(c, 0) - points(d, 0), cy = points(c, 1) - points(d, 1);
        return (ax * ax + ay * ay) * (bx * cy - cx * by) - (bx * bx + by * by) * (ax * cy - cx * ay) +
                   (cx * cx + cy * cy) * (ax * by - bx * ay) >
               0;
    };
    std::vector<std::int32_t> order(codensity.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        return codensity[static_cast<std::size_t>(a)] < codensity[static_cast<std::size_t>(b)];
    });
    edge_set edges;
    triangle_set triangles;
    tetrahedron_set tetrahedra;
    const auto sorted = [](auto vertices) {
        std::sort(vertices.begin(), vertices.end());
        return vertices;
    };
    // Counterclockwise triangles; a last vertex of -1 makes an edge of the hull, seen from outside.
    std::vector<std::array<std::int32_t, 3>> cells;
    if (order.size() == 2)
        edges.insert(sorted(std::array{order[0], order[1]}));
    if (order.size() >= 3) {
        std::array first{order[0], order[1], order[2]};
        triangles.insert(sorted(first));
        if (turn(first[0], first[1], first[2]) < 0)
            std::swap(first[1], first[2]);
        cells = {first, {first[1], first[0], -1}, {first[2], first[1], -1}, {first[0], first[2], -1}};
    }
    for (std::size_t i = 3; i < order.size(); ++i) {
        const std::int32_t p = order[i];
        std::set<std::array<std::int32_t, 2>> rim; // directed edges whose reverse is not in conflict
        const auto conflicts = [&](const std::array<std::int32_t, 3>& cell) {
            const auto [a, b, c] = cell;
            if (!(c < 0 ? turn(a, b, p) > 0 : in_circle(a, b, c, p)))
                return false;
            if (c < 0)
                triangles.insert(sorted(std::array{a, b, p}));
            else
                tetrahedra.insert(sorted(std::array{a, b, c, p}));
            for (const std::array side : {std::array{a, b}, std::array{b, c}, std::array{c, a}})
                if (rim.erase({side[1], side[0]}) == 0)
                    rim.insert(side);
            return true;
        };
        std::erase_if(cells, conflicts);
        for (const auto& [a, b] : rim) {
            if (a < 0)
                cells.push_back({b, p, -1});
            else if (b < 0)
                cells.push_back({p, a, -1});
            else
                cells.push_back({a, b, p});
        }
    }
    return closure(std::move(codensity), std::move(edges), std::move(triangles), tetrahedra,
                   half_distance(points));
}

/// Minus the log of the Gaussian kernel density with bandwidth h, the point itself among the others.
inline std::vector<double> gaussian_codensity(const matrix<double>& points, double h) {
    std::vector<double> codensity(static_cast<std::size_t>(points.rows()));
    const double log_peak =
        static_cast<double>(points.cols()) * std::log(h * std::sqrt(2 * std::numbers::pi));
    for (std::int64_t i = 0; i < points.rows(); ++i) {
        double sum = 0;
        for (std::int64_t j = 0; j < points.rows(); ++j)
            sum += std::exp(-(points.row(i) - points.row(j)).squaredNorm() / (2 * h * h));
        codensity[static_cast<std::size_t>(i)] =
            log_peak - std::log(sum / static_cast<double>(points.rows()));
    }
    return codensity;
}

/// Whole numbers below `values`: codensities with ties.
inline std::vector<double> tied_codensity(std::int64_t n, std::uint64_t seed, std::uint64_t values) {
    const random_stream random(seed, 31);
    std::vector<double> codensity(static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < codensity.size(); ++i)
        codensity[i] = static_cast<double>(random.below(i, values));
    return codensity;
}

} // namespace complexes
