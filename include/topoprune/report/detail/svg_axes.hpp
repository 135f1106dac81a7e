// SPDX-License-Identifier: MIT
#pragma once

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
[[nodiscard]] inline axis axis_over(std::span<const double> values, double begin, double end) {
    bool found = false;
    axis over{0, 0, begin, end};
    for (const double value : values) {
        if (!std::isfinite(value))
            continue;
        over.low = found ? std::min(over.low, value) : value;
        over.high = found ? std::max(over.high, value) : value;
        found = true;
    }
    if (over.low == over.high) {
        const double room = std::max(0.5, std::abs(over.low) * 0.5);
        over.low -= room;
        over.high += room;
    }
    return over;
}

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
[[nodiscard]] inline tick_marks ticks_of(const axis& a, int wanted) {
    const double raw = (a.high - a.low) / wanted;
    if (!(raw > 0) || !std::isfinite(raw))
        return {{a.low}, 0};
    const double magnitude = std::floor(std::log10(raw));
    const double power = std::pow(10.0, magnitude);
    const double lead = raw / power;
    const double step = power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    tick_marks ticks{{}, std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 9)};
    const double slack = 1e-9 * (a.high - a.low);
    for (double k = std::ceil((a.low - slack) / step); k * step <= a.high + slack; ++k)
        ticks.values.push_back(k * step);
    return ticks;
}

/// Ticks of whole numbers: none of them between two counts.
[[nodiscard]] inline tick_marks count_ticks_of(const axis& a, int wanted) {
    tick_marks ticks = ticks_of(a, wanted);
    std::erase_if(ticks.values, [](double value) { return value != std::round(value); });
    ticks.decimals = 0;
    return ticks;
}

[[nodiscard]] inline std::string tick_text(double value, int decimals) {
    if (decimals > 6 || std::abs(value) >= 1e9)
        return significant(value, 3);
    return decimals == 0 ? grouped(std::llround(value)) : fixed(value, decimals);
}

/// Horizontal grid lines from the x axis' begin to its end, each with its value.
[[nodiscard]] inline std::string horizontal_grid(const axis& x, const axis& y, const tick_marks& ticks,
                                                 std::string_view suffix = "") {
    std::string drawing;
    for (const double value : ticks.values)
        drawing +=
            joined("<path class=\"grid\" d=\"M", coordinate(x.begin), " ", coordinate(y(value)), "H",
                   coordinate(x.end), "\"/><text class=\"tick end\" x=\"", coordinate(x.begin - 6), "\" y=\"",
                   coordinate(y(value) + 4), "\">", tick_text(value, ticks.decimals), suffix, "</text>\n");
    return drawing;
}

/// The base line with a small mark and the value of every tick.
[[nodiscard]] inline std::string base_line(const axis& x, double bottom, const tick_marks& ticks) {
    std::string drawing = joined("<path class=\"axis\" d=\"M", coordinate(x.begin), " ", coordinate(bottom),
                                 "H", coordinate(x.end), "\"/>\n");
    for (const double value : ticks.values)
        drawing += joined("<path class=\"axis\" d=\"M", coordinate(x(value)), " ", coordinate(bottom),
                          "v4\"/><text class=\"tick middle\" x=\"", coordinate(x(value)), "\" y=\"",
                          coordinate(bottom + 17), "\">", tick_text(value, ticks.decimals), "</text>\n");
    return drawing;
}

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
