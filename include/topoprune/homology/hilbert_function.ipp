// SPDX-License-Identifier: MIT
#pragma once

#include "hilbert_function.hpp"

#include "../core/checks.hpp"

#include <algorithm>

namespace topoprune {

TOPOPRUNE_DEFINE matrix<std::int64_t> hilbert_function(const signed_measure& measure,
                                                       const grade_grid& grid) {
    require_grid(grid, "hilbert_function");
    matrix<std::int64_t> sums = matrix<std::int64_t>::Zero(std::ssize(grid.r), std::ssize(grid.f));
    for (const atom& a : measure) {
        // The first point that an atom counts at; an atom beyond the grid counts nowhere.
        const auto i = std::lower_bound(grid.r.begin(), grid.r.end(), a.r) - grid.r.begin();
        const auto j = std::lower_bound(grid.f.begin(), grid.f.end(), a.f) - grid.f.begin();
        if (i < sums.rows() && j < sums.cols())
            sums(i, j) += a.mass;
    }
    for (Eigen::Index i = 0; i < sums.rows(); ++i)
        for (Eigen::Index j = 0; j < sums.cols(); ++j)
            sums(i, j) += (i > 0 ? sums(i - 1, j) : 0) + (j > 0 ? sums(i, j - 1) : 0) -
                          (i > 0 && j > 0 ? sums(i - 1, j - 1) : 0);
    return sums;
}

TOPOPRUNE_DEFINE signed_measure moebius_inversion(matrix_view<const std::int64_t> values,
                                                  const grade_grid& grid) {
    require_grid(grid, "moebius_inversion");
    require(values.rows() == std::ssize(grid.r), "moebius_inversion", "the number of rows", values.rows(),
            "that of the values of r,", grid.r.size());
    require(values.columns() == std::ssize(grid.f), "moebius_inversion", "the number of columns",
            values.columns(), "that of the values of f,", grid.f.size());
    signed_measure atoms;
    for (std::int64_t j = 0; j < values.columns(); ++j)
        for (std::int64_t i = 0; i < values.rows(); ++i) {
            const auto at = [&](std::int64_t a, std::int64_t b) {
                return a < 0 || b < 0 ? std::int64_t{0} : values(a, b);
            };
            const std::int64_t mass = at(i, j) - at(i - 1, j) - at(i, j - 1) + at(i - 1, j - 1);
            const auto narrow = static_cast<std::int32_t>(mass);
            require(narrow == mass, "moebius_inversion", "a mass", mass, "below 2^31 in magnitude");
            if (narrow != 0)
                atoms.push_back({grid.r[static_cast<std::size_t>(i)], grid.f[static_cast<std::size_t>(j)],
                                 narrow, -1, -1, -1});
        }
    return atoms;
}

} // namespace topoprune
