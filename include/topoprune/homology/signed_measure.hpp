// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune {

/// A point mass of a signed measure on the (scale, codensity) plane, with the simplex parts that put it
/// there: r is half the length of the edge (edge_u, edge_v), f is the codensity of `vertex`. Derivatives flow
/// back through these ids; nothing is ever looked up by value. An id of -1 means "no such part": a vertex
/// that is born at scale 0 has no edge.
struct atom {
    double r = 0;
    double f = 0;
    std::int32_t mass = 0;
    std::int32_t edge_u = -1;
    std::int32_t edge_v = -1;
    std::int32_t vertex = -1;
};

/// A finite signed measure, its atoms sorted by (f, r), grades pairwise different, masses non-zero.
/// The Hilbert signed measure of a bifiltered complex is the one with
///     sum of mass over atoms (a, b) <= (r, f)  =  dim H_q(K(r, f)).
using signed_measure = std::vector<atom>;

/// Sorts the atoms by (f, r), adds up equal grades, drops zeros. The ids kept at a grade are the least ones
/// (edge_u, edge_v, vertex) among those whose mass has the sign of the sum. O(m log m).
TOPOPRUNE_DECLARE void merge_equal_grades(signed_measure& atoms);

/// The sum of all masses; 0 for degree 1 of a complex whose full space has no hole.
TOPOPRUNE_DECLARE [[nodiscard]] std::int64_t total_mass(const signed_measure& atoms);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "signed_measure.ipp"
#endif
