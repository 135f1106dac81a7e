// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "bifiltered_signed_measure.hpp"
#include "planar_signed_measure.hpp"

/// hilbert_signed_measure(complex, degree): the measure whose sum over atoms (a, b) <= (r, f) is the
/// dimension of the homology H_q(K(r, f)) of the complex at grade (r, f), by the fastest way that the complex
/// allows. Long reductions end by `interrupted` if the run is asked to stop.
namespace topoprune {

/// Any complex with flag values: degree 0 or 1, or 2 if it lists tetrahedra, by bifiltered_signed_measure.
template <BifilteredComplex C>
[[nodiscard]] signed_measure hilbert_signed_measure(const C& complex, int degree,
                                                    const execution& where = execution{}) {
    return bifiltered_signed_measure(complex, degree, where);
}

/// A complex in the plane: degree 1 by duality, without a matrix; O(n log n) for both.
template <PlanarComplex C>
[[nodiscard]] signed_measure hilbert_signed_measure(const C& complex, int degree,
                                                    const execution& where = execution{}) {
    require(degree == 0 || degree == 1, "hilbert_signed_measure", "degree", degree, "0 or 1");
    return degree == 0 ? bifiltered_signed_measure(complex, 0, where)
                       : planar_signed_measure_degree_1(complex);
}

} // namespace topoprune
