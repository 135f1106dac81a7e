// SPDX-License-Identifier: MIT
#pragma once

#include "../density/density.hpp"
#include "../density/gaussian_kde.hpp"
#include "detail/half_length.hpp"
#include "filtration.hpp"
#include "function_delaunay.hpp"
#include "rips.hpp"
#include "weak_delaunay.hpp"

#include <algorithm>
#include <utility>

namespace topoprune {

/// A filtration by scale made a bifiltration by codensity f = -log density: dense points enter first, a
/// simplex with the last of its vertices. Scales must be half edge lengths, as those of weak_delaunay.
///
///     density_bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = 0.4}}
///     density_bifiltration{function_delaunay{}, gaussian_kde{.bandwidth = 0.4}}
///
/// The second complex depends on the codensities themselves, but only by their order: derivatives are those
/// of the grades, as in the first.
///
/// Cost: that of its two parts.
template <class F = weak_delaunay, Density D = gaussian_kde>
    requires Filtration<F> || CodensityFiltration<F>
struct density_bifiltration {
    F filtration{};
    D density{};

    /// points: n x m, row-major. Throws what its parts throw.
    [[nodiscard]] auto build(matrix_view<const double> points, const execution& where) const {
        if constexpr (Filtration<F>)
            return grade(filtration.build(points, where), points, where);
        else
            return filtration.build(points, codensity(points, where), where);
    }

    /// Adds the pull-back of derivatives by scales and by codensities (one per point) to gradient (n x m). A
    /// scale is half the length of its edge, so its derivative by x_u is (x_u - x_v) / (2 |x_u - x_v|), taken
    /// as 0 at length 0; a codensity flows through the density to all points.
    template <BifilteredComplex C>
    void add_pull_back(matrix_view<const double> points, const C& complex,
                       std::span<const scale_derivative> by_scale, std::span<const double> by_codensity,
                       matrix_view<double> gradient, const execution& where) const {
        for (const scale_derivative& derivative : by_scale)
            detail::add_half_length(points, derivative, gradient);
        const auto negated = [](std::span<const double> values) {
            std::vector<double> result(values.begin(), values.end());
            for (double& value : result)
                value = -value;
            return result;
        };
        density.add_pull_back(points, negated(complex.codensity), negated(by_codensity), gradient, where);
    }

private:
    [[nodiscard]] bifiltered_planar_complex grade(planar_complex complex, matrix_view<const double> points,
                                                  const execution& where) const {
        return {std::move(complex), codensity(points, where)};
    }
    [[nodiscard]] bifiltered_complex grade(triangulated_complex complex, matrix_view<const double> points,
                                           const execution& where) const {
        return {std::move(complex), codensity(points, where)};
    }

    [[nodiscard]] std::vector<double> codensity(matrix_view<const double> points,
                                                const execution& where) const {
        std::vector<double> values = density.log_density(points, where);
        for (double& value : values)
            value = -value;
        return values;
    }
};

static_assert(Bifiltration<density_bifiltration<weak_delaunay, gaussian_kde>>);
static_assert(Bifiltration<density_bifiltration<function_delaunay, gaussian_kde>>);
static_assert(Bifiltration<density_bifiltration<rips, gaussian_kde>>);

} // namespace topoprune
