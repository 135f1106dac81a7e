// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../filtration/graded_level.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// The kernels of the boundary maps d_q of a complex with two grades. Over a field and for two parameters
/// each kernel is a free module: there are generators with grades such that dim ker d_q at a grade z is the
/// number of generators with grade <= z. Their grades are all that the Hilbert function needs.
///
/// The sweep adds the q-simplices in the order of their second grade and keeps, among those there, the basis
/// of their boundaries whose first grades are least. A simplex that enters closes one cycle with the basis,
/// or none; of that cycle the simplex with the largest first grade leaves the basis, and (first grade of the
/// one that leaves, second grade of the one that enters) is the grade of a generator. For q = 1 the basis is
/// a minimum spanning forest.
namespace topoprune::detail {

/// A generator: its grade is the first grade of one simplex and the second grade of another, or the same one.
struct kernel_generator {
    std::int32_t first = 0;
    std::int32_t second = 0;
};

/// The simplices in the order of (second grade, first grade, number).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int32_t> order_of_entry(const graded_level<2>& level);

/// For each place of that order, how many simplices have a smaller (first grade, place).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int32_t>
ranks_of_first_grades(const graded_level<2>& level, std::span<const std::int32_t> entering);

/// Generators of ker d_1, one for each edge that enters and closes a cycle. O((n + m) log n).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<kernel_generator> graph_kernel(const graded_level<2>& edges,
                                                                           std::size_t vertices);

/// Generators of ker d_q for any q > 0, by reduction over Z/2 (Lesnick and Wright 2022, with the exchange of
/// columns in place of a sweep over the grid of grades). A basis column whose pivot is claimed by a column of
/// smaller first grade gives way and is reduced further, until it finds a free pivot or is zero. Columns are
/// never recorded as sums, for the kernel itself is not asked for.
///
/// The rows take the order of entry as well: any order gives the same generators, and this one keeps columns
/// short. Cost: cubic in the worst case. On the Rips complex of 2,000 points in six blobs 7 additions of 3
/// entries a triangle; on their incremental Delaunay complexes, whose columns grow, 14 at 5,000 points and 27
/// at 20,000, which is why these have a way of their own (filled_kernel).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<kernel_generator>
matrix_kernel(const graded_level<2>& simplices, const graded_level<2>& faces, const execution& where);

/// Generators of ker d_q; levels[p] holds the simplices of dimension p, and there are none beyond.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<kernel_generator>
bigraded_kernel(std::span<const graded_level<2>> levels, std::size_t q, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "bigraded_kernel.ipp"
#endif
