// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "html_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// Maps [low, high] of the data to [begin, end] of the drawing.
struct axis {
    double low = 0;
    double high = 1;
    double begin = 0;
    double end = 1;

    [[nodiscard]] double operator()(double value) const {
        return high > low ? begin + (value - low) / (high - low) * (end - begin) : begin;
    }
};

/// The least range that holds all finite values, with some room if they are all equal.
TOPOPRUNE_DECLARE [[nodiscard]] axis axis_over(std::span<const double> values, double begin, double end);

/// The same drawing with a wider range of the data, which then stays `margin` away from both ends.
[[nodiscard]] inline axis with_margin(axis a, double margin) {
    const double wider = margin * (a.high - a.low) / (std::abs(a.end - a.begin) - 2 * margin);
    return {a.low - wider, a.high + wider, a.begin, a.end};
}

/// Round values within an axis, and how many decimals tell them apart.
struct tick_marks {
    std::vector<double> values;
    int decimals = 0;
};

/// Multiples of 1, 2 or 5 times a power of ten, about `wanted` of them.
TOPOPRUNE_DECLARE [[nodiscard]] tick_marks ticks_of(const axis& a, int wanted);

/// Ticks of whole numbers: none of them between two counts.
TOPOPRUNE_DECLARE [[nodiscard]] tick_marks count_ticks_of(const axis& a, int wanted);

[[nodiscard]] inline std::string tick_text(double value, int decimals) {
    if (decimals > 6 || std::abs(value) >= 1e9)
        return significant(value, 3);
    return decimals == 0 ? grouped(std::llround(value)) : fixed(value, decimals);
}

/// Horizontal grid lines from the x axis' begin to its end, each with its value.
TOPOPRUNE_DECLARE [[nodiscard]] std::string
horizontal_grid(const axis& x, const axis& y, const tick_marks& ticks, std::string_view suffix = "");

/// The base line with a small mark and the value of every tick.
TOPOPRUNE_DECLARE [[nodiscard]] std::string base_line(const axis& x, double bottom, const tick_marks& ticks);

/// A word at the middle of the x axis, below its ticks.
[[nodiscard]] inline std::string axis_name(const axis& x, double bottom, std::string_view name) {
    return joined("<text class=\"name middle\" x=\"", coordinate(0.5 * (x.begin + x.end)), "\" y=\"",
                  coordinate(bottom + 35), "\">", escaped(name), "</text>\n");
}

/// A word above the upper end of the y axis.
[[nodiscard]] inline std::string upright_axis_name(const axis& y, std::string_view name) {
    return joined("<text class=\"name\" x=\"4\" y=\"", coordinate(y.end - 8), "\">", escaped(name),
                  "</text>\n");
}

/// The opening tag of a drawing `width` x `height` that shrinks with the page, but not below `least_width`,
/// and its spoken name.
[[nodiscard]] inline std::string svg_begin(double width, double height, std::string_view spoken,
                                           double least_width = 0) {
    return joined("<svg viewBox=\"0 0 ", coordinate(width), " ", coordinate(height), "\" width=\"",
                  coordinate(width), "\" style=\"min-width:", coordinate(std::min(width, least_width)),
                  "px\" role=\"img\" aria-label=\"", escaped(spoken), "\">\n");
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "svg_axes.ipp"
#endif
