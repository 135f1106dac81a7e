// SPDX-License-Identifier: MIT
#pragma once

#include "kernel_density.hpp"

#include "../../core/checks.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void require_pull_back_shapes(matrix_view<const double> points,
                                               std::span<const double> log_density,
                                               std::span<const double> weights, matrix_view<double> gradient,
                                               std::string_view function) {
    const std::int64_t n = points.rows();
    require(std::ssize(log_density) == n, function, "the size of log_density", log_density.size(),
            "the number of points,", n);
    require(std::ssize(weights) == n, function, "the size of weights", weights.size(),
            "the number of points,", n);
    require(gradient.rows() == n && gradient.columns() == points.columns(), function,
            "the number of gradient rows", gradient.rows(), "the shape of the points, with rows", n);
}

} // namespace topoprune::detail
