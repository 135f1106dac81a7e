// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace topoprune {

/// Spearman's rank correlation of two columns of the same samples: Pearson's correlation of their ranks, ties
/// sharing their mean rank; from -1 to 1. Not a number if one of the columns is constant or has fewer than
/// two entries: there is no order to agree on. O(n log n).
TOPOPRUNE_DECLARE [[nodiscard]] double rank_correlation(std::span<const double> a, std::span<const double> b);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "rank_correlation.ipp"
#endif
