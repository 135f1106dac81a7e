// SPDX-License-Identifier: MIT
#pragma once

#include "../core/matrix.hpp"

#include <concepts>

namespace topoprune {

/// Atom of Optimizer: the rates are constant, what a run remembers is an object of its own.
template <class O>
concept StartsState = requires(const O& policy, matrix_view<double> points) {
    { policy.start(points.rows(), points.columns()) } -> std::same_as<typename O::state>;
};

/// Atom of Optimizer: one step uphill.
template <class O>
concept AscendsByState = requires(const O& policy, typename O::state& state, matrix_view<double> points,
                                  matrix_view<const double> gradient) {
    { policy.ascend(state, points, gradient) } -> std::same_as<void>;
    { policy.steps } -> std::convertible_to<int>;
};

/// A type that moves points (n x m) a few steps up a function.
/// Syntax:    start(rows, columns) -> state; ascend(state, points, gradient) moves the points in place;
///            `steps`, how many steps a run makes.
/// Semantics: a step with gradient 0 and a fresh state moves nothing; constant; entry by entry.
/// Models:    adam, gradient_ascent.
template <class O>
concept Optimizer = std::copyable<O> && StartsState<O> && AscendsByState<O>;

} // namespace topoprune
