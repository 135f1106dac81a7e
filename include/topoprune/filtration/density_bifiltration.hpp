// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../density/density.hpp"
#include "../density/gaussian_kde.hpp"
#include "filtration.hpp"
#include "function_delaunay.hpp"
#include "half_length.hpp"
#include "rips.hpp"
#include "weak_delaunay.hpp"

#include <algorithm>
#include <concepts>
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
template <class F = weak_delaunay, class D = gaussian_kde>
struct density_bifiltration {
    static_assert(Filtration<F> || CodensityFiltration<F>,
                  "density_bifiltration: filtration must model Filtration, build(points, execution) const, "
                  "or CodensityFiltration, build(points, codensity, execution) const");
    static_assert(Density<D>, "density_bifiltration: density must model Density: log_density(points, "
                              "execution) and add_pull_back const");

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
            add_half_length(points, derivative, gradient);
        const auto negated = [](std::span<const double> values) {
            std::vector<double> result(values.begin(), values.end());
            for (double& value : result)
                value = -value;
            return result;
        };
        density.add_pull_back(points, negated(complex.codensity), negated(by_codensity), gradient, where);
    }

private:
    template <GradedByScale C>
    [[nodiscard]] auto grade(C complex, matrix_view<const double> points, const execution& where) const {
        static_assert(
            !requires { complex.points; },
            "density_bifiltration: every point must be a vertex of the filtration's complex, for each "
            "has a density; cut by density_slice afterwards");
        require(static_cast<std::int64_t>(complex.vertices) == points.rows(), "density_bifiltration",
                "the number of vertices of the filtration's complex", complex.vertices,
                "the number of points,", points.rows());
        if constexpr (std::same_as<C, planar_complex>)
            return bifiltered_planar_complex{std::move(complex), codensity(points, where)};
        else if constexpr (std::same_as<C, triangulated_complex>)
            return bifiltered_complex{std::move(complex), codensity(points, where)};
        else
            return with_codensity<C>{std::move(complex), codensity(points, where)};
    }

    [[nodiscard]] std::vector<double> codensity(matrix_view<const double> points,
                                                const execution& where) const {
        std::vector<double> values = evaluate_log_density(density, points, "density_bifiltration", where);
        for (double& value : values)
            value = -value;
        return values;
    }
};

static_assert(Bifiltration<density_bifiltration<weak_delaunay, gaussian_kde>>);
static_assert(Bifiltration<density_bifiltration<function_delaunay, gaussian_kde>>);
static_assert(Bifiltration<density_bifiltration<rips, gaussian_kde>>);

} // namespace topoprune
