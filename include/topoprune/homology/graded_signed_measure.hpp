// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../filtration/graded_complex.hpp"
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
TOPOPRUNE_DECLARE [[nodiscard]] traced_signed_measure
hilbert_signed_measure(const graded_complex<2>& complex, int degree, const execution& where = execution{});

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "graded_signed_measure.ipp"
#endif
