// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/matrix.hpp"
#include "grade_grid.hpp"
#include "signed_measure.hpp"

#include <array>
#include <cmath>
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
    [[nodiscard]] matrix<double> smooth(const signed_measure& measure, const grade_grid& grid) const {
        require_range(grid);
        matrix<double> values = matrix<double>::Zero(std::ssize(grid.r), std::ssize(grid.f));
        for (const atom& a : measure) {
            const std::vector<double> along_r = kernel(grid.r, a.r, bandwidth_r);
            const std::vector<double> along_f = kernel(grid.f, a.f, bandwidth_f);
            for (std::size_t i = 0; i < grid.r.size(); ++i) {
                const double weight = a.mass * along_r[i];
                for (std::size_t j = 0; j < grid.f.size(); ++j)
                    values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) += weight * along_f[j];
            }
        }
        return values;
    }

    /// d loss / d (r, f) of every atom, from d loss / d v (R x F); the ids of the atoms carry it further. The
    /// grid is taken as fixed. Cost and errors as smooth.
    [[nodiscard]] std::vector<std::array<double, 2>> pull_back(const signed_measure& measure,
                                                               const grade_grid& grid,
                                                               matrix_view<const double> by_value) const {
        require_range(grid);
        require(by_value.rows() == std::ssize(grid.r) && by_value.columns() == std::ssize(grid.f),
                "gaussian_smoothing::pull_back", "the number of derivatives",
                by_value.rows() * by_value.columns(), "one for each point of the grid");
        std::vector<std::array<double, 2>> by_atom(measure.size());
        for (std::size_t m = 0; m < measure.size(); ++m) {
            const atom& a = measure[m];
            const std::vector<double> along_r = kernel(grid.r, a.r, bandwidth_r);
            const std::vector<double> along_f = kernel(grid.f, a.f, bandwidth_f);
            for (std::size_t i = 0; i < grid.r.size(); ++i)
                for (std::size_t j = 0; j < grid.f.size(); ++j) {
                    const double part = a.mass * along_r[i] * along_f[j] *
                                        by_value(static_cast<std::int64_t>(i), static_cast<std::int64_t>(j));
                    by_atom[m][0] += part * (grid.r[i] - a.r) / (bandwidth_r * bandwidth_r);
                    by_atom[m][1] += part * (grid.f[j] - a.f) / (bandwidth_f * bandwidth_f);
                }
        }
        return by_atom;
    }

private:
    void require_range(const grade_grid& grid) const {
        require(bandwidth_r > 0 && std::isfinite(bandwidth_r), "gaussian_smoothing", "bandwidth_r",
                bandwidth_r, "above 0 and finite");
        require(bandwidth_f > 0 && std::isfinite(bandwidth_f), "gaussian_smoothing", "bandwidth_f",
                bandwidth_f, "above 0 and finite");
        require_grid(grid, "gaussian_smoothing");
    }

    static std::vector<double> kernel(const std::vector<double>& axis, double center, double bandwidth) {
        std::vector<double> values(axis.size());
        for (std::size_t i = 0; i < axis.size(); ++i) {
            const double t = (axis[i] - center) / bandwidth;
            values[i] = std::exp(-0.5 * t * t);
        }
        return values;
    }
};

} // namespace topoprune
