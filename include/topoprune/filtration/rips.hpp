// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "bifiltered_complex.hpp"
#include "detail/rips_edges.hpp"
#include "filtration.hpp"
#include "rips_graph.hpp"

#include <array>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune {

/// The Vietoris-Rips complex of points in any dimension: all pairs up to a threshold, and every triangle (and
/// tetrahedron) whose edges are there. An edge enters at half its length, a larger simplex with its longest
/// edge.
///
///     rips{.threshold = 0.5}
///     density_bifiltration{rips{.threshold = 0.5}, gaussian_kde{.bandwidth = 0.4}}      // function-Rips
///
/// One parameter asks for the graph alone: total_persistence{.filtration = rips{}} and
/// persistence_barcode(rips{}.graph(...), degree) list no triangle and have no limit but that of the edges.
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
    /// about 1.5 GB. Where edges or triangles may be more, they are counted before memory is taken for them.
    std::int64_t max_simplices = 50'000'000;

    /// points: n x m, row-major, n < 2^31. Throws std::invalid_argument otherwise, if one is not finite, for
    /// an option outside its range, or if the complex has more than max_simplices.
    TOPOPRUNE_DECLARE [[nodiscard]] triangulated_complex build(matrix_view<const double> points,
                                                               const execution& where) const;

    /// The vertices and edges alone: all that the barcode of one parameter asks for (persistence_barcode).
    /// `dimension` does not matter. Throws as build() does, for more than max_simplices edges.
    TOPOPRUNE_DECLARE [[nodiscard]] rips_graph graph(matrix_view<const double> points,
                                                     const execution& where) const;

private:
    static constexpr std::int64_t grain = detail::rips_grain;
    static constexpr std::string_view simplices = "the number of simplices";
    static constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max() - 1;

    TOPOPRUNE_DECLARE void check(matrix_view<const double> points, std::string_view function) const;

    void refuse_more(std::atomic<std::int64_t>& count, std::int64_t added, std::string_view function,
                     std::string_view what) const {
        if (count.fetch_add(added, std::memory_order_relaxed) + added > max_simplices)
            require(false, function, what, "larger", "at most max_simplices,", max_simplices);
    }

    TOPOPRUNE_DECLARE void count_edges(matrix_view<const double> points, double largest,
                                       const execution& where, std::string_view function,
                                       std::string_view what) const;

    template <class Complex>
    void add_edges(matrix_view<const double> points, Complex& complex, const execution& where,
                   std::string_view function, std::string_view what) const {
        complex.vertices = points.rows();
        const double largest = threshold ? *threshold : detail::half_enclosing_radius(points, where);
        if (points.rows() * (points.rows() - 1) / 2 > max_simplices)
            count_edges(points, largest, where, function, what);
        detail::add_rips_edges(points, largest, complex, where);
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
        TOPOPRUNE_DECLARE [[nodiscard]] bool joined(std::int32_t u, std::int32_t v) const;
    };

    TOPOPRUNE_DECLARE [[nodiscard]] static later_neighbors neighbors_in(const triangulated_complex& complex);

    /// Whether so many edges may have more triangles than there may be: no graph has more than sqrt(2) / 3
    /// times the number of its edges to the power 1.5 (Kruskal and Katona).
    [[nodiscard]] bool may_have_too_many_triangles(std::size_t edges) const {
        const auto count = static_cast<double>(edges);
        return count + std::sqrt(2.0) / 3 * count * std::sqrt(count) > static_cast<double>(max_simplices);
    }

    /// Refuses too many triangles beside so many edges, and takes no memory for it.
    TOPOPRUNE_DECLARE void count_triangles(const later_neighbors& graph, std::int64_t vertices,
                                           const execution& where) const;

    TOPOPRUNE_DECLARE void add_triangles(triangulated_complex& complex, std::atomic<std::int64_t>& count,
                                         const execution& where) const;
};

static_assert(Filtration<rips> && BuildsRipsGraph<rips>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "rips.ipp"
#endif
