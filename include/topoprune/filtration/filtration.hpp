// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "bifiltered_complex.hpp"
#include "planar_complex.hpp"

#include <concepts>
#include <cstdint>
#include <span>

namespace topoprune {

/// Atom of Filtration.
template <class F>
concept BuildsComplex = requires(const F& policy, matrix_view<const double> points, const execution& where) {
    { policy.build(points, where) } -> GradedByScale;
};

/// A type that builds a complex on points (n x m, row-major), graded by scale: see GradedByScale for what the
/// complex must hold, half lengths and order included.
/// Semantics: vertex i is point i, or point points[i] of a complex that has fewer vertices and says so; the
/// same complex for the same points; throws std::invalid_argument for points of a dimension it cannot serve,
/// or that are not finite.
/// Models: weak_delaunay, rips, density_slice<Bifiltration>.
template <class F>
concept Filtration = std::copyable<F> && BuildsComplex<F>;

/// Atom of CodensityFiltration.
template <class F>
concept BuildsComplexInOrder = requires(const F& policy, matrix_view<const double> points,
                                        std::span<const double> codensity, const execution& where) {
    { policy.build(points, codensity, where) } -> BifilteredComplex;
};

/// A type that builds a complex on points (n x m, row-major) whose simplices depend on the codensities of the
/// points (n values) or on their order.
/// Semantics: as Filtration; the codensity of vertex i is codensity_i.
/// Models: function_delaunay.
template <class F>
concept CodensityFiltration = std::copyable<F> && BuildsComplexInOrder<F>;

/// Atom of Bifiltration.
template <class F>
concept BuildsBifilteredComplex =
    requires(const F& policy, matrix_view<const double> points, const execution& where) {
        { policy.build(points, where) } -> BifilteredComplex;
    };

/// The derivative of a loss by the scale that the edge (u, v) sets.
struct scale_derivative {
    std::int32_t u = 0;
    std::int32_t v = 0;
    double value = 0;
};

/// Atom of Bifiltration: carries derivatives by the grades back to the points.
template <class F>
concept PullsGradesBack =
    requires(const F& policy, matrix_view<const double> points, std::span<const scale_derivative> by_scale,
             std::span<const double> by_codensity, matrix_view<double> gradient, const execution& where) {
        policy.add_pull_back(points, policy.build(points, where), by_scale, by_codensity, gradient, where);
    };

/// A type that builds a complex graded by scale and codensity, and knows how its grades move with the points.
/// Semantics: add_pull_back(points, complex, by_scale, by_codensity, gradient, execution) adds
///     sum over by_scale of value * d scale(u, v) / d points + sum_v by_codensity_v * d codensity_v / d
///     points
/// to the gradient (n x m), for a complex that build() gave.
/// Models: density_bifiltration<Filtration, Density>.
template <class F>
concept Bifiltration = std::copyable<F> && BuildsBifilteredComplex<F> && PullsGradesBack<F>;

} // namespace topoprune
