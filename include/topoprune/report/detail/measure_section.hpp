// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../homology/signed_measure.hpp"
#include "../../transport/transport.hpp"
#include "html_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// Most atoms and moves that the picture draws.
inline constexpr std::int64_t most_drawn_atoms = 20'000;
inline constexpr std::int64_t most_drawn_moves = 10'000;

/// Dots as lines of no length with round ends, one path for each width. Dots that fall together are written
/// once.
class dot_paths {
public:
    void add(int width, double x, double y) {
        dots_[width].insert(joined("M", coordinate(x), " ", coordinate(y), "h0"));
    }

    TOPOPRUNE_DECLARE [[nodiscard]] std::string markup(std::string_view style) const;

private:
    std::map<int, std::set<std::string>> dots_;
};

/// The diameter of a dot, `smallest` for |mass| = 1: its area grows with |mass|.
[[nodiscard]] inline int dot_width(std::int32_t mass, double smallest) {
    const double width = smallest * std::sqrt(std::abs(static_cast<double>(mass)));
    return static_cast<int>(std::lround(std::min(width, 24.0)));
}

/// The atoms on the (scale, codensity) plane with the moves of the plan, if there is one, between them.
TOPOPRUNE_DECLARE [[nodiscard]] std::string measure_chart(const signed_measure& measure,
                                                          const std::optional<transport_result>& moved);

[[nodiscard]] inline std::string table_row(std::string_view name, std::string_view value) {
    return joined("<tr><th scope=\"row\">", name, "</th><td>", value, "</td></tr>\n");
}

/// The cost, its lower bound and why it is known to be optimal.
TOPOPRUNE_DECLARE [[nodiscard]] std::string transport_table(const signed_measure& measure,
                                                            const std::optional<transport_result>& moved);

inline constexpr std::string_view measure_lead =
    "What the topological loss sees: one dot for each grade where the number of features changes, at its "
    "scale and codensity, its area by |mass|.";
inline constexpr std::string_view moves_lead =
    " The lines carry the positive mass onto the negative one at the least total cost; a long line is a "
    "feature that lasts.";

/// The signed measure of one class and its transport, if there is one.
TOPOPRUNE_DECLARE [[nodiscard]] std::string measure_section(std::string_view class_name,
                                                            const signed_measure& measure,
                                                            const std::optional<transport_result>& moved);

/// What stands there when there is none to show.
[[nodiscard]] inline std::string missing_measure_section(std::string_view because) {
    return section("measure", "Signed measure", joined(measure_lead, moves_lead),
                   joined("<p>This run has none to show: ", escaped(because), ".</p>\n"));
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "measure_section.ipp"
#endif
