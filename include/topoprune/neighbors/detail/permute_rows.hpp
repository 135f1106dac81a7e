// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../metric.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// Puts row order[i] of the form in place i, within its own memory: along the cycles of the permutation.
TOPOPRUNE_DECLARE void permute_rows(product_form& form, const std::vector<std::int32_t>& order);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "permute_rows.ipp"
#endif
