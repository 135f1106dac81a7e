// SPDX-License-Identifier: MIT
#pragma once

#include "graded_signed_measure.hpp"

#include "../core/checks.hpp"
#include "bifiltered_signed_measure.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE traced_signed_measure hilbert_signed_measure(const graded_complex<2>& complex, int degree,
                                                              const execution& where) {
    require(degree >= 0, "hilbert_signed_measure", "degree", degree, "at least 0");
    // While equal grades are merged, the places in the list ride where the ids of a flag complex would.
    signed_measure atoms;
    detail::for_each_hilbert_atom(
        complex.levels(), static_cast<std::size_t>(degree),
        [&](std::size_t dimension) { return detail::bigraded_kernel(complex.levels(), dimension, where); },
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
