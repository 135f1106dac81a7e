// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../filtration/complex_checks.hpp"
#include "../filtration/filtration.hpp"
#include "../filtration/rips_graph.hpp"
#include "barcode.hpp"
#include "detail/ranked_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune {

namespace detail {

TOPOPRUNE_DECLARE [[nodiscard]] std::vector<persistence_pair> rips_pairs(const ranked_edges& edges,
                                                                         int degree, const execution& where);

} // namespace detail

/// The barcode of the flag complex of a graph in degree 0, 1 or 2, with coefficients in Z/2, without a list
/// of its simplices:
///
///     persistence_barcode(rips{}.graph(points, where), 1, where)
///
/// The simplices of a bar are the *edges* whose scales its ends are, places in graph.edges; a component is
/// born at 0 with no edge. Among edges of equal scale the one of the lesser points enters first, which
/// decides which of them a bar names. The same on any number of threads. Throws std::invalid_argument for
/// another degree, an edge whose scale is not a number, or edges that are not sorted by their vertices.
///
/// Degree 0 is Kruskal's algorithm. Degree 1 reduces the boundaries of the few triangles that can kill a
/// class at all, one for each component but the first of the common neighbors of an edge (Koyama, Memoli,
/// Robins, Turner 2023). Degree 2 is implicit persistent cohomology with clearing and apparent pairs (Bauer
/// 2021); most of its time goes there.
///
/// Cost, beside the graph: 16 bytes an edge, 8 more and the reduced boundaries for degree 1; for e edges of n
/// vertices e n / 64 operations on words and n^2 / 8 bytes a thread, or, if the graph is sparse, 16 bytes an
/// edge and the time to read the neighbors of one end of each. Degree 2 has 16 bytes an edge more and 8 for
/// each triangle that is not paired at once. The reductions themselves are cubic in the worst case, about
/// linear on points.
///
/// Measured on one thread, from the points on, beside ripser.py 0.6.15 and GUDHI 3.13 with its edge collapse
/// (benchmarks/rips.py), CPU seconds and MB of memory (all of the process that runs ours; what theirs adds to
/// the interpreter's):
///
///     1,000 points in the plane, degree 1      0.15 s, 19 MB    0.7 s, 78 MB     3.1 s, 35 MB
///     500 points in 64 dimensions, degree 1    0.06 s,  8 MB    0.3 s, 26 MB     4.1 s, 260 MB
///     200 points of a sphere, degree 2         0.37 s, 22 MB    2.2 s, 151 MB    (lists 6e7 simplices)
///     400 points near a sphere, degree 2       9.6 s, 540 MB    23 s, 1.2 GB     (not measured)
///
/// Of the edge collapse of adapters/gudhi.hpp only degree 2 gains: the last row takes 1.3 s and 13 MB with
/// it. Degrees 0 and 1 take less time than the collapse.
TOPOPRUNE_DECLARE [[nodiscard]] barcode persistence_barcode(const rips_graph& graph, int degree,
                                                            const execution& where = execution{});

/// What the barcode of a filtration is made from: the graph, if its simplices are the cliques of one, else
/// the complex with all simplices.
template <Filtration F>
[[nodiscard]] auto build_for_barcode(const F& filtration, matrix_view<const double> points,
                                     const execution& where) {
    if constexpr (BuildsRipsGraph<F>)
        return checked_complex(filtration.graph(points, where), points.rows(), "persistence_barcode");
    else
        return checked_complex(filtration.build(points, where), points.rows(), "persistence_barcode");
}

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "rips_barcode.ipp"
#endif
