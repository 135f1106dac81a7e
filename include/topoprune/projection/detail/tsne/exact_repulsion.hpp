// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Points of the plane as two arrays of one length.
struct planar_positions {
    std::vector<float> x, y;

    planar_positions() = default;
    explicit planar_positions(std::size_t size) : x(size, 0.0F), y(size, 0.0F) {}
    [[nodiscard]] std::size_t size() const { return x.size(); }
};

/// How n points of the plane push one another under the heavy-tailed kernel w_ij = 1 / (1 + |y_i - y_j|^2).
struct repulsion {
    /// n: sum_j w_ij^2 (y_i - y_j).
    planar_positions forces;
    /// Z = sum over i != j of w_ij.
    double normalization = 0;
};

/// The forces on the points begin ... end - 1, point by point against all; returns their share of Z.
///
/// Never inlined: in a second instance the compiler might contract other multiplications and additions.
TOPOPRUNE_DECLARE [[nodiscard]] double repel_exactly(const planar_positions& points, std::size_t begin,
                                                     std::size_t end, planar_positions& forces);

/// All pairs, O(n^2) time, O(n) memory. The reference for interpolated_repulsion, and faster for few points.
TOPOPRUNE_DECLARE void sum_exact_repulsion(const planar_positions& points, repulsion& result,
                                           const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "exact_repulsion.ipp"
#endif
