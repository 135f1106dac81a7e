// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "grade_grid.hpp"
#include "signed_measure.hpp"

#include <cstdint>

namespace topoprune {

/// H(r_i, f_j) = the sum of the masses of the atoms <= (r_i, f_j): the dimension of homology there, if the
/// measure is the Hilbert signed measure of a complex. Exact at the points of any grid.
/// Returns one row for each r, one column for each f. Throws std::invalid_argument for a grid that does not
/// ascend. Cost: O(m log(grid) + points of the grid) time, 8 bytes a point.
TOPOPRUNE_DECLARE [[nodiscard]] matrix<std::int64_t> hilbert_function(const signed_measure& measure,
                                                                      const grade_grid& grid);

/// The inverse of hilbert_function on the same grid (Moebius inversion): the measure on the points of the
/// grid with mass H(i, j) - H(i-1, j) - H(i, j-1) + H(i-1, j-1). On the exact grid of a measure it is that
/// measure, without ids: a function knows no simplices. On a coarser grid every atom has moved up to a point.
/// values: one row for each r, one column for each f. Throws std::invalid_argument for another shape, a grid
/// that does not ascend, or a mass that exceeds 32 bits.
TOPOPRUNE_DECLARE [[nodiscard]] signed_measure moebius_inversion(matrix_view<const std::int64_t> values,
                                                                 const grade_grid& grid);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "hilbert_function.ipp"
#endif
