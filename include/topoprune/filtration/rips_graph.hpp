// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "bifiltered_complex.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune {

/// A graph whose cliques are the simplices of a filtration (its flag complex): a vertex enters at 0, an edge
/// at `edge_scale` >= 0, a larger simplex with its last edge. Edges are sorted by their vertices. 16 bytes an
/// edge; the larger simplices are nowhere listed.
struct rips_graph {
    std::int64_t vertices = 0;
    std::vector<complex_edge> edges;
    std::vector<double> edge_scale;
    /// For each edge the pair of points whose half distance its scale is; empty: its own ends. An edge
    /// collapse, which lets edges enter later, sets it.
    std::vector<complex_edge> scale_pair{};

    /// The points that derivatives by the scale of edge e flow to.
    [[nodiscard]] const complex_edge& points_of(std::int32_t e) const {
        return (scale_pair.empty() ? edges : scale_pair)[static_cast<std::size_t>(e)];
    }
};

/// A type that builds the graph of a flag filtration on points (n x m, row-major).
/// Semantics: the bars of the graph's flag complex are those of the complex that build() gives, where that
/// lists all simplices they need; scales are half distances of points.
/// Models: rips, gudhi_edge_collapse<rips>.
template <class F>
concept BuildsRipsGraph =
    requires(const F& policy, matrix_view<const double> points, const execution& where) {
        { policy.graph(points, where) } -> std::same_as<rips_graph>;
    };

} // namespace topoprune
