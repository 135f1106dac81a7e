// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../bifiltered_complex.hpp"
#include "flag_complex.hpp"

#include <cstdint>
#include <vector>

/// The pairs of points that a Rips complex joins.
namespace topoprune::detail {

inline constexpr std::int64_t rips_grain = 32; ///< vertices of a task

/// Half of min_i max_j |x_i - x_j| for points (n x m); 0 for none. O(n^2 m).
TOPOPRUNE_DECLARE [[nodiscard]] double half_enclosing_radius(matrix_view<const double> points,
                                                             const execution& where);

/// Fills the edges of a complex or graph with the pairs of points (n x m) of half distance at most `largest`,
/// sorted, and their scales with these. O(n^2 m).
template <class Complex>
void add_rips_edges(matrix_view<const double> points, double largest, Complex& complex,
                    const execution& where) {
    struct part {
        std::vector<complex_edge> edges;
        std::vector<double> scale;
    };
    const std::int64_t n = points.rows();
    std::vector<part> parts(static_cast<std::size_t>((n + rips_grain - 1) / rips_grain));
    where.parallel_ranges(n, rips_grain, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        part& own = parts[static_cast<std::size_t>(begin / rips_grain)];
        for (std::int64_t u = begin; u < end; ++u)
            for (std::int64_t v = u + 1; v < n; ++v)
                if (const double scale = half_distance(points, u, v); scale <= largest) {
                    own.edges.push_back({static_cast<std::int32_t>(u), static_cast<std::int32_t>(v)});
                    own.scale.push_back(scale);
                }
    });
    std::size_t count = 0;
    for (const part& own : parts)
        count += own.edges.size();
    complex.edges.reserve(count);
    complex.edge_scale.reserve(count);
    for (part& own : parts) {
        complex.edges.insert(complex.edges.end(), own.edges.begin(), own.edges.end());
        complex.edge_scale.insert(complex.edge_scale.end(), own.scale.begin(), own.scale.end());
        own = {};
    }
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "rips_edges.ipp"
#endif
