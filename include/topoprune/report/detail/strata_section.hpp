// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/class_partition.hpp"
#include "../../core/compiled.hpp"
#include "../../io/class_names.hpp"
#include "../../pipeline/pruning.hpp"
#include "svg_axes.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace topoprune::detail {

/// Samples and kept samples of a class, by stratum.
struct stratum_counts {
    std::vector<std::int64_t> samples;
    std::vector<std::int64_t> kept;
};

TOPOPRUNE_DECLARE [[nodiscard]] std::vector<stratum_counts> strata_of_classes(const pruning& result,
                                                                              const class_partition& classes);

TOPOPRUNE_DECLARE [[nodiscard]] std::string json_list(const std::vector<std::int64_t>& numbers);

/// The place of the strata chart. The page's script draws other classes into the same one.
inline constexpr axis strata_x{0, 1, 58, 700};
inline constexpr axis strata_y{0, 1, 188, 12};

/// Bars of height counts / most over the whole width of the chart.
TOPOPRUNE_DECLARE [[nodiscard]] std::string strata_path(const std::vector<std::int64_t>& counts, double most);

TOPOPRUNE_DECLARE [[nodiscard]] std::string strata_chart(const stratum_counts& strata);

/// How the budget of one class is spread over its strata; a selector changes the class.
TOPOPRUNE_DECLARE [[nodiscard]] std::string
strata_section(const pruning& result, const class_partition& classes, const class_names& names);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "strata_section.ipp"
#endif
