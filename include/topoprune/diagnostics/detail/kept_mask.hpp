// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// 1 for each of n samples that is kept, 0 for the others. Throws std::invalid_argument for a row number that
/// there is not, or that stands twice. O(n).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::uint8_t>
kept_mask(std::span<const std::int64_t> kept, std::int64_t samples, std::string_view function);

/// The mask of the kept samples, for a distance between them and all: at least one must be kept, and features
/// must be finite.
[[nodiscard]] inline std::vector<std::uint8_t> compared_mask(matrix_view<const float> features,
                                                             std::span<const std::int64_t> kept,
                                                             std::string_view function) {
    require(!kept.empty(), function, "the number of kept samples", kept.size(), "at least 1");
    require_finite(features, function, "features");
    return kept_mask(kept, features.rows(), function);
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "kept_mask.ipp"
#endif
