// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../homology/signed_measure.hpp"
#include "planar_complex.hpp"

#include <array>
#include <concepts>
#include <span>

namespace topoprune {

/// Atom of Filtration.
template <class F>
concept BuildsComplex = requires(const F& policy, matrix_view<const double> points, const execution& where) {
    { policy.build(points, where) } -> GradedByScale;
};

/// A type that builds a complex on points (n x m, row-major), graded by scale.
/// Semantics: vertex i is point i; the same complex for the same points; throws std::invalid_argument for
/// points of a dimension it cannot serve, or that are not finite.
/// Models: weak_delaunay.
template <class F>
concept Filtration = std::copyable<F> && BuildsComplex<F>;

/// Atom of Bifiltration.
template <class F>
concept BuildsBifilteredComplex =
    requires(const F& policy, matrix_view<const double> points, const execution& where) {
        { policy.build(points, where) } -> BifilteredComplex;
    };

/// Atom of Bifiltration: carries a derivative by the atoms' positions back to the points.
template <class F>
concept PullsAtomsBack =
    requires(const F& policy, matrix_view<const double> points, const signed_measure& measure,
             std::span<const std::array<double, 2>> atom_gradient, matrix_view<double> gradient,
             const execution& where) {
        policy.add_pull_back(points, policy.build(points, where), measure, atom_gradient, gradient, where);
    };

/// A type that builds a complex graded by scale and codensity, and knows how its grades move with the points.
/// Semantics: add_pull_back(points, complex, measure, atom_gradient, gradient, execution) adds
///     sum over atoms of  dL/dr * dr/dpoints + dL/df * df/dpoints
/// to the gradient (n x m), for a complex that build() gave and a measure whose ids belong to it.
/// Models: density_bifiltration<Filtration, Density>.
template <class F>
concept Bifiltration = std::copyable<F> && BuildsBifilteredComplex<F> && PullsAtomsBack<F>;

} // namespace topoprune
