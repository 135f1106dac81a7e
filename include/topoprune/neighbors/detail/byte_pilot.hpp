// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../metric.hpp"
#include "byte_rows.hpp"

#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// Whether bytes tell samples apart well enough: whether, for at least 15 of 16 of 64 samples spread evenly
/// over all, no more than `width` others have a lower bound below the comparison value of the k-th neighbor.
/// Bytes fail where a few features are much larger than the others, as principal components are: the bounds
/// are wide, lists overflow, and most samples would be searched twice. rows[i] are the bytes of sample
/// order[i]. O(n d), 256 bytes a sample.
TOPOPRUNE_DECLARE [[nodiscard]] bool bytes_resolve(const product_form& form, const byte_rows& rows,
                                                   std::span<const std::int32_t> order, std::int64_t k,
                                                   std::int64_t width, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "byte_pilot.ipp"
#endif
