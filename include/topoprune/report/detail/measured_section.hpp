// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../pipeline/pruning.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// All that differs between repeated runs of the same input, as one line: everything else in the page is the
/// same to the byte. Numbers that are not finite, and a peak that is not positive, become null.
TOPOPRUNE_DECLARE [[nodiscard]] std::string measured_line(const std::vector<stage_time>& times,
                                                          double peak_megabytes);

/// Times and memory, written into the page by its script.
TOPOPRUNE_DECLARE [[nodiscard]] std::string measured_section(const std::vector<stage_time>& times,
                                                             double peak_megabytes);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "measured_section.ipp"
#endif
