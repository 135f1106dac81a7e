// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "../bifiltered_complex.hpp"
#include "sort_simplices.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// Complexes whose simplices enter with their longest edge, made from lists of vertices.
namespace topoprune::detail {

template <std::size_t Count>
using vertex_list = std::array<std::int32_t, Count>;

/// Simplices by their vertices, each ascending; a simplex may be listed more than once.
struct simplex_lists {
    std::vector<vertex_list<2>> edges;
    std::vector<vertex_list<3>> triangles;
    std::vector<vertex_list<4>> tetrahedra;
};

/// Half the distance of two points (n x m). Halved first: the difference of two huge coordinates stays
/// finite.
TOPOPRUNE_DECLARE [[nodiscard]] double half_distance(matrix_view<const double> points, std::int64_t u,
                                                     std::int64_t v);

/// Appends the faces of the simplices that miss one vertex.
template <std::size_t Count>
void append_facets(const std::vector<vertex_list<Count>>& simplices,
                   std::vector<vertex_list<Count - 1>>& facets) {
    for (const vertex_list<Count>& simplex : simplices)
        for (std::size_t left_out = 0; left_out < Count; ++left_out) {
            vertex_list<Count - 1> facet;
            for (std::size_t i = 0, to = 0; i < Count; ++i)
                if (i != left_out)
                    facet[to++] = simplex[i];
            facets.push_back(facet);
        }
}

template <std::size_t Count>
void sort_without_repetition(std::vector<vertex_list<Count>>& simplices, std::int64_t vertices) {
    simplices =
        sorted_by_vertices(std::move(simplices), vertices, [](const vertex_list<Count>& s) { return s; });
    simplices.erase(std::unique(simplices.begin(), simplices.end()), simplices.end());
}

/// The complex of the simplices and all their faces, for points (n x m). Edges enter at half their length.
/// O(s log s) time for s listed simplices, little more memory than they take.
TOPOPRUNE_DECLARE [[nodiscard]] triangulated_complex flag_complex(matrix_view<const double> points,
                                                                  simplex_lists simplices);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "flag_complex.ipp"
#endif
