// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../io/class_names.hpp"
#include "../pipeline/explained_subset.hpp"

#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace topoprune {

/// Writes one line per sample, in the order of the input, with what became of it in every subset:
///     index,label,filtered_by
/// (index,id,label,... if there are ids, one per sample) and for each subset, with its name behind an
/// underscore where there are several,
///     reason,stratum,rank,kept
/// label is what `names` calls the class, empty without labels; filtered_by is the name of the first filter
/// that dropped the sample, or empty; reason as in reason_name; stratum within the class, -1 where the sample
/// was not to be drawn; rank the place in the order in which its class was drawn, from 0, -1 if it was not
/// drawn; kept 0 or 1.
TOPOPRUNE_DECLARE void
write_selection_table(std::ostream& out, std::span<const explained_subset> subsets,
                      std::span<const std::string> subset_names, std::span<const std::int64_t> labels,
                      std::span<const std::string> filters, std::span<const std::int32_t> dropped_by,
                      const class_names& names = {}, std::span<const std::string> ids = {});

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "selection_table.ipp"
#endif
