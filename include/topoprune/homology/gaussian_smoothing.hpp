// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "grade_grid.hpp"
#include "signed_measure.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune {

/// A signed measure made a vector, by convolution with a Gaussian on the points of a grid (Loiseaux,
/// Scoccola, Carriere, Botnan, Oudot 2023, "Stable vectorization of multiparameter persistent homology using
/// signed barcodes as measures"):
///     v_ij = sum over atoms of mass * k((r_i - r) / bandwidth_r) * k((f_j - f) / bandwidth_f),
///     k(t) = exp(-t^2 / 2).
/// Lipschitz in the transport distance of measures of equal total mass, unlike values of the Hilbert
/// function.
struct gaussian_smoothing {
    /// Width along scales, in the unit of r, above 0. Wider: smoother, blind to holes of near sizes.
    double bandwidth_r = 0.1;
    /// Width along codensities, in the unit of f, above 0.
    double bandwidth_f = 0.1;

    /// One row for each r of the grid, one column for each f. O(m (R + F)) exponentials, O(m R F) products
    /// for m atoms and R x F points. Throws std::invalid_argument for widths or grids out of range.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> smooth(const signed_measure& measure,
                                                          const grade_grid& grid) const;

    /// d loss / d (r, f) of every atom, from d loss / d v (R x F); the ids of the atoms carry it further. The
    /// grid is taken as fixed. Cost and errors as smooth.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::array<double, 2>>
    pull_back(const signed_measure& measure, const grade_grid& grid,
              matrix_view<const double> by_value) const;

private:
    TOPOPRUNE_DECLARE void require_range(const grade_grid& grid) const;

    TOPOPRUNE_DECLARE static std::vector<double> kernel(const std::vector<double>& axis, double center,
                                                        double bandwidth);
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "gaussian_smoothing.ipp"
#endif
