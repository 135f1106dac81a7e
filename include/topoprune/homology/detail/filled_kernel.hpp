// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../filtration/bifiltered_complex.hpp"
#include "../../filtration/graded_level.hpp"
#include "bigraded_kernel.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

/// The kernel of d_2 of a complex that its tetrahedra fill: no triangle is in more than two of them, every
/// cycle of triangles is the boundary of one set of them and no other, and no loop of edges stays open. Such
/// is a triangulation of a ball.
///
/// It needs no matrix. A set of tetrahedra has its boundary in K(z) if no triangle outside K(z) has one side
/// in the set, and so the sets whose boundaries are the cycles of K(z) are those that are constant on
/// components: in the dual graph (one node for each tetrahedron and one for all that is outside, one edge
/// across each triangle) call the edge across a triangle open while it is absent from K(z); then
///     dim ker d_2(z) = #components of the open dual graph - 1.
/// As planar_signed_measure_degree_1 does with the edges of the plane, give the edge across a triangle the
/// weight of its first grade, or infinity once its second grade is larger than that of z. Lowering the second
/// grade, the finite weight that leaves the maximum spanning forest when a triangle's weight becomes infinite
/// is a generator (first grade of the one that leaves, second grade of the other).
namespace topoprune::detail {

/// The two sides of each triangle: the numbers of the tetrahedra that it bounds, and the number of
/// tetrahedra, which stands for the outside, where there is none. Throws std::invalid_argument, naming the
/// function, if a face is not among the triangles or bounds a third tetrahedron, or if the Euler
/// characteristic is not 1: then the tetrahedra do not fill the complex. O(1) for a tetrahedron if few
/// triangles have the same least vertex.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::array<std::int32_t, 2>>
sides_of_triangles(const triangulated_complex& complex, std::string_view function);

/// Generators of ker d_2, the same as those of matrix_kernel; `triangles` are those of the complex with their
/// grades. Throws as sides_of_triangles does, and if a set of tetrahedra has no boundary. O(n log n) time and
/// O(n) memory.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<kernel_generator>
filled_kernel(const triangulated_complex& complex, const graded_level<2>& triangles,
              std::string_view function, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "filled_kernel.ipp"
#endif
