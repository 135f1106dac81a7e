// SPDX-License-Identifier: MIT
#pragma once

#include "../loss/signed_measure_transport.hpp"
#include "score.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune {

/// How much a topological loss changes with a sample's place: score_i = |d loss / d x_i|_2. It is what the
/// first step of persistence_score sees, without the optimizer, which in Adam's case forgets its size. High:
/// many or steep features hang on the sample.
///
/// Cost: one evaluation of the loss.
template <class Loss = signed_measure_transport<>>
struct gradient_norm {
    static_assert(
        TopologicalLoss<Loss>,
        "gradient_norm: loss must model TopologicalLoss: value_and_gradient(points, execution) const");

    Loss loss{};

    /// Of one cloud (n x m): n numbers, >= 0, in units of the loss by those of the coordinates.
    [[nodiscard]] std::vector<double> values(matrix_view<const double> points, const execution& where) const {
        const matrix<double> gradient = evaluate_loss(loss, points, "gradient_norm", where).gradient;
        std::vector<double> result(static_cast<std::size_t>(points.rows()));
        for (std::int64_t i = 0; i < points.rows(); ++i)
            result[static_cast<std::size_t>(i)] = detail::row_norm(gradient, i);
        return result;
    }

    /// n numbers, every class by itself.
    [[nodiscard]] std::vector<double> column(const embedded_samples& samples, const execution& where) const {
        return column_by_class(samples, "persistence", where,
                               [&](matrix_view<const double> points) { return values(points, where); });
    }
};

static_assert(Score<gradient_norm<>>);
static_assert(ClassScore<gradient_norm<>>);

} // namespace topoprune
