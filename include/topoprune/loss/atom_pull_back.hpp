// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../filtration/filtration.hpp"
#include "../homology/signed_measure.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace topoprune {

/// Adds to gradient (n x m) what the derivatives by (r, f) of each atom mean for the points: r goes to the
/// edge and f to the vertex that put the atom there, and the bifiltration carries both to the points.
template <Bifiltration B, BifilteredComplex C>
void pull_back_atoms(const B& bifiltration, matrix_view<const double> points, const C& complex,
                     const signed_measure& measure, std::span<const std::array<double, 2>> by_grade,
                     matrix_view<double> gradient, const execution& where) {
    require(by_grade.size() == measure.size(), "signed measure loss",
            "the number of derivatives by the atoms that the transport gave", by_grade.size(),
            "the number of atoms,", measure.size());
    require(std::ssize(complex.codensity) == points.rows(), "signed measure loss",
            "the number of codensities of the bifiltration's complex", complex.codensity.size(),
            "the number of points,", points.rows());
    std::vector<scale_derivative> by_scale;
    by_scale.reserve(measure.size());
    std::vector<double> by_codensity(static_cast<std::size_t>(points.rows()), 0.0);
    for (std::size_t a = 0; a < measure.size(); ++a) {
        const auto [by_r, by_f] = by_grade[a];
        if (measure[a].edge_u >= 0)
            by_scale.push_back({measure[a].edge_u, measure[a].edge_v, by_r});
        by_codensity[static_cast<std::size_t>(measure[a].vertex)] += by_f;
    }
    bifiltration.add_pull_back(points, complex, by_scale, by_codensity, gradient, where);
}

} // namespace topoprune
