// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "byte_rows.hpp"
#include "pilot_samples.hpp"

#include <cstdint>

namespace topoprune::detail {

/// Whether bytes tell samples apart well enough: whether, for at least 15 of 16 of the pilots, no more than
/// `width` samples have a lower bound below the comparison value of the k-th neighbor. Bytes fail where a few
/// features are much larger than the others, as principal components are: the bounds are wide, lists
/// overflow, and most samples would be searched twice. O(n) a pilot.
TOPOPRUNE_DECLARE [[nodiscard]] bool bytes_resolve(const pilot_samples<float>& pilots, const byte_rows& rows,
                                                   std::int64_t width);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "byte_pilot.ipp"
#endif
