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
template <class Loss = signed_measure_transport<>, class Ascent = adam>
struct persistence_score {
    static_assert(
        TopologicalLoss<Loss>,
        "persistence_score: loss must model TopologicalLoss: value_and_gradient(points, execution) const");
    static_assert(Optimizer<Ascent>,
                  "persistence_score: optimizer must model Optimizer: start, ascend and steps, all const");

    Loss loss{};
    Ascent optimizer{};

    /// Of one class (n x m): n displacements, >= 0, in units of the embedding.
    [[nodiscard]] std::vector<double> values(matrix_view<const double> points, const execution& where) const;

    /// n displacements, every class by itself.
    [[nodiscard]] std::vector<double> column(const embedded_samples& samples, const execution& where) const;

    /// Where the steps bring one class (n x m). Everything is computed anew in each step.
    [[nodiscard]] matrix<double> ascend(matrix_view<const double> points, const execution& where) const;
};

static_assert(Score<persistence_score<>>);
static_assert(ClassScore<persistence_score<>>);

} // namespace topoprune

#include "persistence_score.ipp"
