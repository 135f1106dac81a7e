// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../filtration/graded_complex.hpp"
#include "bifiltered_signed_measure.hpp"
#include "signed_measure.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace topoprune {

/// The simplices that set the two grades of an atom, by their places in the list of a graded_complex.
struct grade_origin {
    std::int32_t first = -1;
    std::int32_t second = -1;
};

/// A signed measure whose grades are those of listed simplices: atom a has the first grade of simplex
/// origins[a].first as its r and the second grade of simplex origins[a].second as its f, and derivatives flow
/// back to just these. The ids of edges and vertices inside the atoms are -1.
struct traced_signed_measure {
    signed_measure atoms;
    std::vector<grade_origin> origins;
};

/// The Hilbert signed measure of a complex with any two grades, in any degree >= 0; without atoms above the
/// dimension of the complex. Throws std::invalid_argument for a negative degree.
/// Cost: as bifiltered_signed_measure, where degree q > 1 reduces two matrices.
[[nodiscard]] inline traced_signed_measure
hilbert_signed_measure(const graded_complex<2>& complex, int degree, const execution& where = execution{}) {
    require(degree >= 0, "hilbert_signed_measure", "degree", degree, "at least 0");
    // While equal grades are merged, the places in the list ride where the ids of a flag complex would.
    signed_measure atoms;
    detail::for_each_hilbert_atom(
        complex.levels(), static_cast<std::size_t>(degree), where,
        [&](std::size_t dimension, const detail::kernel_generator& generator, std::int32_t mass) {
            const auto& level = complex.levels()[dimension];
            atoms.push_back({level.grade(generator.first)[0], level.grade(generator.second)[1], mass,
                             complex.listed(dimension, generator.first), -1,
                             complex.listed(dimension, generator.second)});
        });
    merge_equal_grades(atoms);
    traced_signed_measure measure{std::move(atoms), {}};
    measure.origins.reserve(measure.atoms.size());
    for (atom& a : measure.atoms)
        measure.origins.push_back({std::exchange(a.edge_u, -1), std::exchange(a.vertex, -1)});
    return measure;
}

} // namespace topoprune
