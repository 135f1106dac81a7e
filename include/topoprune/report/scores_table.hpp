// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../io/class_names.hpp"
#include "../pipeline/pruning.hpp"

#include <cstdint>
#include <ostream>
#include <span>
#include <string>

namespace topoprune {

/// Writes one line per sample of the input, in its order, with the columns
///     index,label,reason,persistence,density,score,stratum,kept
/// (index,id,label,... if there are ids, one per sample) and, if the persistence was estimated from several
/// measurements, persistence_error, its standard error. reason, stratum and kept are those of the first
/// subset: reason as in reason_name, stratum -1 where the sample was not to be drawn, kept 0 or 1 with the
/// number of kept samples as its sum. The three numbers are empty where nothing was scored; an excluded
/// sample keeps those that it has. Numbers read back as the same bits. Classes are called as `names` says.
TOPOPRUNE_DECLARE void write_scores_table(std::ostream& out, const pruning& result,
                                          std::span<const std::int64_t> labels, const class_names& names = {},
                                          std::span<const std::string> ids = {});

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "scores_table.ipp"
#endif
