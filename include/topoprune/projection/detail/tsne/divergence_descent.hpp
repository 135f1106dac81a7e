// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"
#include "../shared/weighted_graph.hpp"
#include "exact_repulsion.hpp"
#include "interpolated_repulsion.hpp"
#include "neighbor_attraction.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// What the iterations of one phase share.
struct descent_phase {
    double exaggeration = 1;
    double learning_rate = 200;
    double momentum = 0.8;
};

/// One t-SNE on its way: positions, velocities and gains of n samples in the plane (a layout on a line keeps
/// its second coordinate at 0). An iteration moves every sample by
///     velocity = momentum velocity - learning_rate gain g,   g = sum_j (exaggeration p_ij - q_ij) w_ij (y_i
///     - y_j)
/// all at once (van der Maaten, Hinton 2008, section 2, without the factor 4 of the gradient, which the rate
/// takes up). The gain of a coordinate grows by 0.2 while velocity and gradient disagree in sign and shrinks
/// to 0.8 of itself otherwise, at least 0.01 (Jacobs 1988). No step is longer than 5.
///
/// Time per iteration: O(edges) and the repulsion. Memory: 46 bytes a sample beside the graph and the grid.
class divergence_descent {
public:
    /// From so many samples on repulsion is interpolated; below, all pairs are as fast over a whole run and
    /// free of error.
    static constexpr std::int64_t interpolate_from = 4000;

    /// p: symmetric, of sum 1. start: n x 1 or n x 2, finite.
    TOPOPRUNE_DECLARE divergence_descent(weighted_graph p, const matrix<double>& start);

    TOPOPRUNE_DECLARE void iterate(const descent_phase& phase, const execution& where);

    /// n x dimensions.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> positions() const;

    /// KL(P | Q) = sum_ij p_ij log(p_ij / q_ij) at the current positions.
    TOPOPRUNE_DECLARE [[nodiscard]] double divergence(const execution& where);

    /// n x dimensions: the gradient of KL(exaggeration P | Q) by the positions over 4. For tests.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> gradient(double exaggeration, const execution& where);

    /// Whether the picture grew wider than the grid of the repulsion may be fine.
    [[nodiscard]] bool grid_bound() const { return interpolated_.bound(); }

private:
    static constexpr std::int64_t grain = 256;
    static constexpr float least_gain = 0.01F, longest_step = 5.0F;

    TOPOPRUNE_DECLARE void repel(const execution& where);

    TOPOPRUNE_DECLARE [[nodiscard]] planar_vector slope(double exaggeration, std::int64_t i) const;

    /// Moves the rows begin ... end - 1 into moved_; returns the sums of their coordinates.
    TOPOPRUNE_DECLARE std::array<double, 2> move_rows(const descent_phase& phase, std::int64_t begin,
                                                      std::int64_t end);

    weighted_graph p_;
    std::int64_t dimensions_;
    planar_positions points_, moved_, velocities_, gains_;
    repulsion repulsion_;
    interpolated_repulsion interpolated_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "divergence_descent.ipp"
#endif
