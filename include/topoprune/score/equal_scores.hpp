// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"

#include <span>
#include <string>
#include <string_view>

namespace topoprune {

/// Says of a score that cannot order samples that it cannot: where all values are equal, or all of a class of
/// two samples and more. Features without variation, outputs for one class only and records without change
/// make such scores. Empty if there is nothing to say. Values that are not finite, of samples without a
/// score, are not looked at; a class of which one value is left is left out. O(n).
/// values: one a sample, in the order of `classes`; name: what the values are called, "scores".
TOPOPRUNE_DECLARE [[nodiscard]] std::string
equal_scores_note(std::span<const double> values, const class_partition& classes, std::string_view name);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "equal_scores.ipp"
#endif
