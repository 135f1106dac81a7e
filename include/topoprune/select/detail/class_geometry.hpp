// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "similarity_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

/// Distances among the samples of one class, as unit vectors, that say how widely and how evenly they lie.
namespace topoprune::detail {

/// The distance within which `centers` of the samples, taken by Gonzalez's rule, have all the others: the
/// first is the one most similar to all, then always the one farthest from those before it. At most twice the
/// least radius that as many centers can have (Gonzalez 1985). 0 if they are all taken. rows: by the angle.
/// O(centers n d).
TOPOPRUNE_DECLARE [[nodiscard]] double covering_radius(const similarity_rows& rows, std::int64_t centers,
                                                       const execution& where);

/// The distance of every sample from its k-th nearest other one, or from the farthest if there are fewer
/// than k; 0 if there is no other. rows: by the angle. k >= 1. O(n^2 d / 2), 4 k bytes a sample.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double>
neighbor_distances(const similarity_rows& rows, std::int64_t k, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "class_geometry.ipp"
#endif
