// SPDX-License-Identifier: MIT
#pragma once

#include "../loss/signed_measure_transport.hpp"
#include "../optimize/adam.hpp"
#include "score.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune {

/// The persistence score of TopoCore (eq. 2): every class is moved a few steps up a topological loss, and a
/// sample scores the distance that it moved,
///     score_i = |x_i(after) - x_i(before)|_2.
/// High: the sample sits where the topology of its class is decided. Points that no atom touches stay exactly
/// where they are and score 0.
///
/// Cost: `optimizer.steps` evaluations of the loss per class; the classes run in parallel.
template <TopologicalLoss Loss = signed_measure_transport<>, Optimizer Ascent = adam>
struct persistence_score {
    Loss loss{};
    Ascent optimizer{};

    /// Of one class (n x m): n displacements, >= 0, in units of the embedding.
    [[nodiscard]] std::vector<double> values(matrix_view<const double> points, const execution& where) const {
        const matrix<double> moves = ascend(points, where) - points.eigen();
        std::vector<double> displacement(static_cast<std::size_t>(points.rows()));
        for (std::int64_t i = 0; i < points.rows(); ++i)
            displacement[static_cast<std::size_t>(i)] = detail::row_norm(moves, i);
        return displacement;
    }

    /// n displacements, every class by itself.
    [[nodiscard]] std::vector<double> column(const embedded_samples& samples, const execution& where) const {
        return column_by_class(samples, "persistence", where,
                               [&](matrix_view<const double> points) { return values(points, where); });
    }

    /// Where the steps bring one class (n x m). Everything is computed anew in each step.
    [[nodiscard]] matrix<double> ascend(matrix_view<const double> points, const execution& where) const {
        matrix<double> moved = points.eigen();
        auto state = optimizer.start(points.rows(), points.columns());
        for (int step = 0; step < optimizer.steps; ++step) {
            where.check_interruption();
            optimizer.ascend(state, moved, loss.value_and_gradient(moved, where).gradient);
        }
        return moved;
    }
};

static_assert(Score<persistence_score<>>);
static_assert(ClassScore<persistence_score<>>);

} // namespace topoprune
