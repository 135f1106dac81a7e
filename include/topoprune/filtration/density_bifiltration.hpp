// SPDX-License-Identifier: MIT
#pragma once

#include "../density/density.hpp"
#include "../density/gaussian_kde.hpp"
#include "filtration.hpp"
#include "weak_delaunay.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace topoprune {

/// A filtration by scale made a bifiltration by codensity f = -log density: dense points enter first, a
/// simplex with the last of its vertices. Scales must be half edge lengths, as those of weak_delaunay.
///
///     density_bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = 0.4}}
///
/// Cost: that of its two parts.
template <Filtration F = weak_delaunay, Density D = gaussian_kde>
struct density_bifiltration {
    F filtration{};
    D density{};

    /// points: n x m, row-major. Throws what its parts throw.
    [[nodiscard]] auto build(matrix_view<const double> points, const execution& where) const {
        return grade(filtration.build(points, where), points, where);
    }

    /// Adds sum over atoms of dL/dr dr/dpoints + dL/df df/dpoints to gradient (n x m). The scale of an atom
    /// is half the length of its edge, so dr/dx_u = (x_u - x_v) / (2 |x_u - x_v|), taken as 0 at length 0;
    /// its codensity flows through the density at its vertex.
    template <BifilteredComplex C>
    void add_pull_back(matrix_view<const double> points, const C& complex, const signed_measure& measure,
                       std::span<const std::array<double, 2>> atom_gradient, matrix_view<double> gradient,
                       const execution& where) const {
        require(atom_gradient.size() == measure.size(), "density_bifiltration::add_pull_back",
                "the size of atom_gradient", atom_gradient.size(), "the number of atoms,", measure.size());
        std::vector<double> by_log_density(static_cast<std::size_t>(points.rows()), 0.0);
        for (std::size_t a = 0; a < measure.size(); ++a) {
            const auto [by_r, by_f] = atom_gradient[a];
            if (measure[a].edge_u >= 0)
                add_half_length(points, measure[a].edge_u, measure[a].edge_v, by_r, gradient);
            by_log_density[static_cast<std::size_t>(measure[a].vertex)] -= by_f;
        }
        std::vector<double> log_density(complex.codensity.begin(), complex.codensity.end());
        for (double& value : log_density)
            value = -value;
        density.add_pull_back(points, log_density, by_log_density, gradient, where);
    }

private:
    [[nodiscard]] bifiltered_planar_complex grade(planar_complex complex, matrix_view<const double> points,
                                                  const execution& where) const {
        bifiltered_planar_complex graded{std::move(complex), density.log_density(points, where)};
        for (double& value : graded.codensity)
            value = -value;
        return graded;
    }

    static void add_half_length(matrix_view<const double> points, std::int64_t u, std::int64_t v,
                                double derivative, matrix_view<double> gradient) {
        double square = 0;
        for (std::int64_t k = 0; k < points.columns(); ++k)
            square += (points(u, k) - points(v, k)) * (points(u, k) - points(v, k));
        if (square == 0)
            return;
        const double factor = 0.5 * derivative / std::sqrt(square);
        for (std::int64_t k = 0; k < points.columns(); ++k) {
            const double pull = factor * (points(u, k) - points(v, k));
            gradient(u, k) += pull;
            gradient(v, k) -= pull;
        }
    }
};

static_assert(Bifiltration<density_bifiltration<weak_delaunay, gaussian_kde>>);

} // namespace topoprune
