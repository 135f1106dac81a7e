// SPDX-License-Identifier: MIT
#pragma once

#include "persistence_score.hpp"

namespace topoprune {

template <class Loss, class Ascent>
std::vector<double> persistence_score<Loss, Ascent>::values(matrix_view<const double> points,
                                                            const execution& where) const {
    const matrix<double> moves = ascend(points, where) - points.eigen();
    std::vector<double> displacement(static_cast<std::size_t>(points.rows()));
    for (std::int64_t i = 0; i < points.rows(); ++i)
        displacement[static_cast<std::size_t>(i)] = detail::row_norm(moves, i);
    return displacement;
}

template <class Loss, class Ascent>
std::vector<double> persistence_score<Loss, Ascent>::column(const embedded_samples& samples,
                                                            const execution& where) const {
    return column_by_class(samples, "persistence", where,
                           [&](matrix_view<const double> points) { return values(points, where); });
}

template <class Loss, class Ascent>
matrix<double> persistence_score<Loss, Ascent>::ascend(matrix_view<const double> points,
                                                       const execution& where) const {
    matrix<double> moved = points.eigen();
    auto state = optimizer.start(points.rows(), points.columns());
    for (int step = 0; step < optimizer.steps; ++step) {
        where.check_interruption();
        const loss_value here = evaluate_loss(loss, moved, "persistence_score", where);
        optimizer.ascend(state, moved, here.gradient);
    }
    return moved;
}

} // namespace topoprune
