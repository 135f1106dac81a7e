// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The row nearest to the mean of all, ties by least; n >= 1.
TOPOPRUNE_DECLARE [[nodiscard]] std::size_t nearest_to_mean(const matrix<double>& z);

/// Rows of z in the order of Gonzalez's rule: after the centers given, one or more and none twice, always the
/// one that is farthest in l2 from all before it, ties by least; until there are `count`, at most n, the
/// given ones included. O(count n d), 8 bytes a row.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::size_t> farthest_first(const matrix<double>& z,
                                                                        std::span<const std::size_t> centers,
                                                                        std::size_t count,
                                                                        const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "farthest_first.ipp"
#endif
