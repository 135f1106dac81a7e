// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace topoprune {

/// Spearman's rank correlation of two columns of scores within every class, in the order of the partition:
/// how far two runs order the samples of a class alike, whatever the scales of their scores. Samples for
/// which one of the columns has no finite number (filtered ones) are left out. Unset where fewer than two are
/// left or a column is constant: there is no order to agree on.
/// Throws std::invalid_argument unless both columns have a number for each sample. O(n log n).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::optional<double>>
class_rank_correlations(std::span<const double> a, std::span<const double> b, const class_partition& classes);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "class_rank_correlation.ipp"
#endif
