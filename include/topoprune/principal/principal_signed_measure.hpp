// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../homology/signed_measure.hpp"
#include "principal_persistence_sampling.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// The two-parameter form of the principal persistence measure, for points with codensities f: the bar of a
/// subset is alive for scales of [birth, death) and from the largest codensity of its points on. That is one
/// rectangle, whose Hilbert signed measure has two atoms,
///     +1 at (birth / 2, max f),   -1 at (death / 2, max f),
/// scales halved, as in every signed measure here. For degree 0 it is the younger of two components, born at
/// scale 0. The atoms stand in the order of the draws, two for each bar; equal grades are not merged. Divided
/// by s, their sum is a sampled stand-in for the signed measure of a density bifiltration, in any dimension
/// and without a complex.
///
/// Cost: that of principal_persistence; 64 bytes a bar. Throws as it does, and for a codensity that is not
/// finite or a number of them other than that of the points.
TOPOPRUNE_DECLARE [[nodiscard]] signed_measure
principal_signed_measure(matrix_view<const double> points, std::span<const double> codensity, int degree,
                         const principal_persistence_sampling& sampling,
                         const execution& where = execution{});

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "principal_signed_measure.ipp"
#endif
