// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../filtration/complex_checks.hpp"
#include "../../filtration/filtration.hpp"
#include "../../filtration/rips_graph.hpp"
#include "weighted_edge.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The modes of a density on a graph, and their bars in degree 0 of its superlevel sets (ToMATo, Chazal,
/// Guibas, Oudot and Skraba 2013).
namespace topoprune::detail {

/// The bar of the mode that a sample belongs to: its local maximum, the log density there, and that at which
/// its component joins an older one.
struct mode_bar {
    std::int32_t maximum = 0;
    double birth = 0;
    double death = 0;
};

/// The mode of each sample, and the row of the oldest one.
struct density_modes {
    std::vector<mode_bar> of;
    std::int32_t oldest = 0;
};

/// Samples enter from the densest down, ties by the least row. One without a neighbor that is there already
/// is a mode; any other one belongs to the mode of that of those neighbors towards which the log density
/// grows fastest (over the scale of the edge; ties go to the denser one, an edge of scale 0 is the steepest).
/// Where it joins several components, all but the oldest mode die at its density; one that never meets an
/// older one dies at the least density of all. Then every mode whose birth is at most `least_persistence`
/// above its death counts to the mode that it joined. Weights: scales >= 0. O(n + m log m) for m edges.
TOPOPRUNE_DECLARE [[nodiscard]] density_modes find_density_modes(std::span<const double> log_density,
                                                                 const std::vector<weighted_edge>& edges,
                                                                 double least_persistence);

/// The edges of a filtration's complex on the points, weighted by their scales.
template <Filtration F>
[[nodiscard]] std::vector<weighted_edge> edges_of(const F& filtration, matrix_view<const double> points,
                                                  const execution& where) {
    const auto complex = [&] {
        if constexpr (BuildsRipsGraph<F>)
            return checked_complex(filtration.graph(points, where), points.rows(), "density modes");
        else
            return checked_complex(filtration.build(points, where), points.rows(), "density modes");
    }();
    // The vertices of a slice are some of the points.
    const auto point_of = [&](std::int32_t vertex) {
        if constexpr (requires { complex.points; })
            return complex.points[static_cast<std::size_t>(vertex)];
        else
            return vertex;
    };
    std::vector<weighted_edge> edges;
    edges.reserve(complex.edges.size());
    for (std::size_t e = 0; e < complex.edges.size(); ++e)
        edges.push_back({point_of(complex.edges[e].u), point_of(complex.edges[e].v), complex.edge_scale[e]});
    return edges;
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "density_modes.ipp"
#endif
