// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Cuts samples into parts of near ones, as unit vectors: halved along the direction in which they vary most,
/// each half again, until no part has more than `most` samples. Sizes differ by at most 1, even of equal
/// samples. A part lists places among `members`, ascending. The direction of a cut is found by a few rounds
/// of the power method. O(n d log(n / most)), 4 d + 16 bytes a sample.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::vector<std::size_t>>
near_parts(matrix_view<const float> features, std::span<const std::int64_t> members, std::int64_t most,
           const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "near_parts.ipp"
#endif
