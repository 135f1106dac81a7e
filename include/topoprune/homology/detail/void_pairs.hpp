// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "flag_simplices.hpp"
#include "lune_triangles.hpp"
#include "persistence_pairs.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The triangles that may give birth to a void, the latest first: those that kill no loop (clearing) and are
/// not the face of an apparent pair. Found in parallel.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<flag_simplices::key>
void_births(const ranked_edges& edges, const flag_simplices& simplices, const lune_triangles& lunes,
            const std::vector<ranked_triangle>& loop_killers, const execution& where);

/// A sum of tetrahedra over Z/2 that is asked for its earliest one: a heap in which a tetrahedron may stand
/// more than once.
class coboundary_sum {
public:
    using key = flag_simplices::key;

    void add(key tetrahedron) { heap_.push(tetrahedron); }

    /// The earliest tetrahedron, or no_simplex.
    TOPOPRUNE_DECLARE [[nodiscard]] key pivot();

private:
    std::priority_queue<key, std::vector<key>, std::greater<>> heap_;
};

/// The triangles that stand in a list an odd number of times, ascending.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<flag_simplices::key>
sum_of_triangles(std::vector<flag_simplices::key> triangles);

/// The pairs of degree 2 but for the apparent ones, by persistent cohomology: the coboundaries of triangles,
/// the latest first, are reduced by their earliest tetrahedron. A reduced column is kept as the sum of
/// triangles whose coboundary it is, 8 bytes each, and made anew whenever it is asked for.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<persistence_pair>
void_pairs(const ranked_edges& edges, const lune_triangles& lunes,
           const std::vector<ranked_triangle>& loop_killers, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "void_pairs.ipp"
#endif
