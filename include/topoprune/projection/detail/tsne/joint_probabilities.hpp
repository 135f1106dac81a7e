// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../neighbors/neighbor_graph.hpp"
#include "../shared/directed_edges.hpp"
#include "../shared/weighted_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// p_(j | i) of all neighbors j of all samples i, n x k, each row ascending by sample. O(n k) exponentials
/// times about 8 Newton steps.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<directed_edge>
conditional_probabilities(const neighbor_graph& neighbors, double perplexity, const execution& where);

/// p_ij = (p_(j|i) + p_(i|j)) / 2n (van der Maaten, Hinton 2008, section 3.1): symmetric, of sum 1 up to
/// rounding; pairs whose probability is 0 in float are left out. The same bits on any number of threads.
/// At most 32 bytes per sample and neighbor on the way, 16 at the end.
TOPOPRUNE_DECLARE [[nodiscard]] weighted_graph joint_probabilities(const neighbor_graph& neighbors,
                                                                   double perplexity, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "joint_probabilities.ipp"
#endif
