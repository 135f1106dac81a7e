// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "bifiltered_complex.hpp"
#include "detail/flag_complex.hpp"
#include "filtration.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace topoprune {

/// The Vietoris-Rips complex of points in any dimension: all pairs up to a threshold, and every triangle (and
/// tetrahedron) whose edges are there. An edge enters at half its length, a larger simplex with its longest
/// edge.
///
///     rips{.threshold = 0.5}
///     density_bifiltration{rips{.threshold = 0.5}, gaussian_kde{.bandwidth = 0.4}}      // function-Rips
///
/// Cost: O(n^2 m) time for n points in m dimensions, once for the edges and once for the default threshold,
/// in parallel, and for each triangle or tetrahedron the time to merge two or three lists of neighbors; 24
/// bytes an edge, 28 a triangle and 16 a tetrahedron, up to twice that while it is built. No n x n array.
struct rips {
    /// The largest scale, half the length of an edge, in units of the coordinates; >= 0. Unset: half the
    /// enclosing radius min_i max_j |x_i - x_j|, above which some point is joined to all others and the
    /// homology of the whole complex changes no more. Holes that are open at a smaller threshold never close;
    /// those of a sublevel set of the codensity may be open at the default one too. A loss that needs every
    /// hole to close, as signed_measure_transport, refuses such a complex.
    std::optional<double> threshold{};
    /// The largest dimension of a simplex, 1 to 3: homology of degree q needs q + 1. Higher ones cost more.
    int dimension = 2;
    /// The largest number of edges, triangles and tetrahedra together; more are refused. The default takes
    /// about 1.5 GB.
    std::int64_t max_simplices = 50'000'000;

    /// points: n x m, row-major, n < 2^31. Throws std::invalid_argument otherwise, if one is not finite, for
    /// an option outside its range, or if the complex has more than max_simplices.
    [[nodiscard]] triangulated_complex build(matrix_view<const double> points, const execution& where) const {
        check(points);
        triangulated_complex complex;
        complex.vertices = points.rows();
        const double largest = threshold ? *threshold : half_enclosing_radius(points, where);
        std::atomic<std::int64_t> count{0};
        add_edges(points, largest, complex, count, where);
        if (dimension >= 2)
            add_triangles(complex, count, where);
        return complex;
    }

private:
    static constexpr std::int64_t grain = 32;
    static constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max() - 1;

    void check(matrix_view<const double> points) const {
        require(!threshold || *threshold >= 0, "rips::build", "threshold", threshold.value_or(0),
                "at least 0");
        require(dimension >= 1 && dimension <= 3, "rips::build", "dimension", dimension, "1, 2 or 3");
        require(max_simplices >= 0 && max_simplices <= most, "rips::build", "max_simplices", max_simplices,
                "between 0 and 2^31 - 2");
        require(points.rows() <= most, "rips::build", "the number of points", points.rows(),
                "below 2^31 - 1");
        require_finite(points, "rips::build", "points");
    }

    void refuse_more(std::atomic<std::int64_t>& count, std::int64_t added) const {
        if (count.fetch_add(added, std::memory_order_relaxed) + added > max_simplices)
            require(false, "rips::build", "the number of simplices", "larger", "at most max_simplices,",
                    max_simplices);
    }

    static double half_enclosing_radius(matrix_view<const double> points, const execution& where) {
        const std::int64_t n = points.rows();
        std::vector<double> farthest(static_cast<std::size_t>(n), 0.0);
        where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            for (std::int64_t u = begin; u < end; ++u)
                for (std::int64_t v = 0; v < n; ++v)
                    farthest[static_cast<std::size_t>(u)] =
                        std::max(farthest[static_cast<std::size_t>(u)], detail::half_distance(points, u, v));
        });
        return n == 0 ? 0.0 : *std::min_element(farthest.begin(), farthest.end());
    }

    void add_edges(matrix_view<const double> points, double largest, triangulated_complex& complex,
                   std::atomic<std::int64_t>& count, const execution& where) const {
        struct part {
            std::vector<complex_edge> edges;
            std::vector<double> scale;
        };
        const std::int64_t n = points.rows();
        std::vector<part> parts(static_cast<std::size_t>((n + grain - 1) / grain));
        where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            part& own = parts[static_cast<std::size_t>(begin / grain)];
            for (std::int64_t u = begin; u < end; ++u) {
                const std::size_t before = own.edges.size();
                for (std::int64_t v = u + 1; v < n; ++v)
                    if (const double scale = detail::half_distance(points, u, v); scale <= largest) {
                        own.edges.push_back({static_cast<std::int32_t>(u), static_cast<std::int32_t>(v)});
                        own.scale.push_back(scale);
                    }
                refuse_more(count, static_cast<std::int64_t>(own.edges.size() - before));
            }
        });
        complex.edges.reserve(static_cast<std::size_t>(count));
        complex.edge_scale.reserve(static_cast<std::size_t>(count));
        for (part& own : parts) {
            complex.edges.insert(complex.edges.end(), own.edges.begin(), own.edges.end());
            complex.edge_scale.insert(complex.edge_scale.end(), own.scale.begin(), own.scale.end());
            own = {};
        }
    }

    /// The edges that start at a vertex: they are numbered one after another, their ends ascend.
    struct later_neighbors {
        std::span<const complex_edge> edges;
        std::vector<std::int32_t> first;

        [[nodiscard]] std::int32_t begin(std::int32_t v) const { return first[static_cast<std::size_t>(v)]; }
        [[nodiscard]] std::int32_t end(std::int32_t v) const {
            return first[static_cast<std::size_t>(v) + 1];
        }
        [[nodiscard]] std::int32_t head(std::int32_t e) const { return edges[static_cast<std::size_t>(e)].v; }

        /// visit(e, f) for the edges e of a and f of b that lead to one vertex, if e comes after `after`.
        template <class Visit>
        void for_each_common(std::int32_t a, std::int32_t after, std::int32_t b, Visit visit) const {
            std::int32_t e = after + 1, f = begin(b);
            while (e < end(a) && f < end(b))
                if (head(e) < head(f))
                    ++e;
                else if (head(f) < head(e))
                    ++f;
                else
                    visit(e++, f++);
        }
        [[nodiscard]] bool joined(std::int32_t u, std::int32_t v) const {
            const auto own = edges.subspan(static_cast<std::size_t>(begin(u)),
                                           static_cast<std::size_t>(end(u) - begin(u)));
            const auto at = std::lower_bound(own.begin(), own.end(), v,
                                             [](const complex_edge& e, std::int32_t w) { return e.v < w; });
            return at != own.end() && at->v == v;
        }
    };

    void add_triangles(triangulated_complex& complex, std::atomic<std::int64_t>& count,
                       const execution& where) const {
        later_neighbors graph{complex.edges,
                              std::vector<std::int32_t>(static_cast<std::size_t>(complex.vertices) + 1, 0)};
        for (const complex_edge& edge : complex.edges)
            ++graph.first[static_cast<std::size_t>(edge.u) + 1];
        for (std::size_t v = 1; v < graph.first.size(); ++v)
            graph.first[v] += graph.first[v - 1];
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
                    refuse_more(count, static_cast<std::int64_t>(own.triangles.size() +
                                                                 own.tetrahedra.size() - before));
                }
        });
        for (part& own : parts) {
            complex.triangles.insert(complex.triangles.end(), own.triangles.begin(), own.triangles.end());
            complex.tetrahedra.insert(complex.tetrahedra.end(), own.tetrahedra.begin(), own.tetrahedra.end());
            own = {};
        }
    }
};

static_assert(Filtration<rips>);

} // namespace topoprune
