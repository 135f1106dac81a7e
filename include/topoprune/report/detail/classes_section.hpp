// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../io/class_names.hpp"
#include "../../pipeline/pruning.hpp"
#include "svg_axes.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace topoprune::detail {

/// A filled path of upright bars, one per column of the axis: bar k stands on bases[k], tops[k] - bases[k]
/// high.
TOPOPRUNE_DECLARE [[nodiscard]] std::string stacked_bars(std::string_view style, const axis& x, const axis& y,
                                                         std::span<const double> bases,
                                                         std::span<const double> tops);

/// Every how many bars, `pitch` apart, there is room for the label of a class: 1, 2, 5, 10, 20, 50, ...
TOPOPRUNE_DECLARE [[nodiscard]] std::size_t label_distance(const std::vector<class_summary>& classes,
                                                           const class_names& names, double pitch);

/// One bar per class in the order of the labels: kept, pruned, filtered, on top of each other.
TOPOPRUNE_DECLARE [[nodiscard]] std::string class_chart(const std::vector<class_summary>& classes,
                                                        const class_names& names);

[[nodiscard]] inline std::string class_row(std::string_view name, const class_summary& c) {
    return joined("<tr><th scope=\"row\">", name, "</th><td>", grouped(c.samples), "</td><td>",
                  grouped(c.filtered), "</td><td>", grouped(c.budget), "</td><td>", grouped(c.kept),
                  "</td><td>", grouped(c.filled), "</td><td>", percentage(c.kept, c.samples), "</td></tr>\n");
}

TOPOPRUNE_DECLARE [[nodiscard]] class_summary sum_of_classes(const std::vector<class_summary>& classes);

/// Samples, filtered, budget and kept of every class, as bars and as a table.
TOPOPRUNE_DECLARE [[nodiscard]] std::string classes_section(const std::vector<class_summary>& classes,
                                                            const class_names& names);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "classes_section.ipp"
#endif
