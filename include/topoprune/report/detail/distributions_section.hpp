// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../pipeline/pruning.hpp"
#include "svg_axes.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// The percentage of the values in each of `bins` equal parts of an axis; empty if there are no values.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> binned_percentages(const std::vector<double>& values,
                                                                       const axis& over, int bins);

/// The outline of a histogram, from the base line up, over the steps and down again.
TOPOPRUNE_DECLARE [[nodiscard]] std::string step_path(const axis& x, const axis& y,
                                                      const std::vector<double>& heights);

/// The histogram of one column: all samples that have a value against the kept ones among them.
TOPOPRUNE_DECLARE [[nodiscard]] std::string distribution_figure(std::string_view name,
                                                                std::string_view meaning,
                                                                const std::vector<double>& column,
                                                                const std::vector<sample_reason>& reasons);

/// Histograms of the persistence, density and score columns, all classes together.
TOPOPRUNE_DECLARE [[nodiscard]] std::string distributions_section(const pruning& result);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "distributions_section.ipp"
#endif
