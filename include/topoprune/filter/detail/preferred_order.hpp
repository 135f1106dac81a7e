// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// The n rows in the order in which a filter of duplicates keeps them: by descending preference, equal ones
/// and all where none is given by row number.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int32_t>
preferred_order(std::int64_t n, std::span<const double> preference, std::string_view function);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "preferred_order.ipp"
#endif
