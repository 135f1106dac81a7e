// SPDX-License-Identifier: MIT
#pragma once

#include "gaussian_smoothing.hpp"

#include "../core/checks.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE matrix<double> gaussian_smoothing::smooth(const signed_measure& measure,
                                                           const grade_grid& grid) const {
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

TOPOPRUNE_DEFINE std::vector<std::array<double, 2>>
gaussian_smoothing::pull_back(const signed_measure& measure, const grade_grid& grid,
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

TOPOPRUNE_DEFINE void gaussian_smoothing::require_range(const grade_grid& grid) const {
    require(bandwidth_r > 0 && std::isfinite(bandwidth_r), "gaussian_smoothing", "bandwidth_r", bandwidth_r,
            "above 0 and finite");
    require(bandwidth_f > 0 && std::isfinite(bandwidth_f), "gaussian_smoothing", "bandwidth_f", bandwidth_f,
            "above 0 and finite");
    require_grid(grid, "gaussian_smoothing");
}

TOPOPRUNE_DEFINE std::vector<double> gaussian_smoothing::kernel(const std::vector<double>& axis,
                                                                double center, double bandwidth) {
    std::vector<double> values(axis.size());
    for (std::size_t i = 0; i < axis.size(); ++i) {
        const double t = (axis[i] - center) / bandwidth;
        values[i] = std::exp(-0.5 * t * t);
    }
    return values;
}

} // namespace topoprune
