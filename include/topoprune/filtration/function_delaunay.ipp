// SPDX-License-Identifier: MIT
#pragma once

#include "function_delaunay.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE bifiltered_complex function_delaunay::build(matrix_view<const double> points,
                                                             std::span<const double> codensity,
                                                             const execution& where) const {
    require(points.columns() == 2 || points.columns() == 3 || points.rows() == 0, "function_delaunay::build",
            "the dimension of points", points.columns(), "2 or 3");
    require(points.rows() < std::int64_t{1} << 29, "function_delaunay::build", "the number of points",
            points.rows(), "below 2^29");
    require_finite(points, "function_delaunay::build", "points");
    require(std::ssize(codensity) == points.rows(), "function_delaunay::build", "the size of codensity",
            codensity.size(), "the number of points,", points.rows());
    require_finite(matrix_view<const double>(codensity.data(), std::ssize(codensity), 1),
                   "function_delaunay::build", "codensity");
    where.check_interruption();
    detail::simplex_lists simplices = points.columns() == 3 ? incremental<3>(points, codensity, where)
                                                            : incremental<2>(points, codensity, where);
    bifiltered_complex complex{detail::flag_complex(points, std::move(simplices)),
                               {codensity.begin(), codensity.end()}};
    complex.tetrahedra_fill = points.columns() == 2;
    return complex;
}

} // namespace topoprune
