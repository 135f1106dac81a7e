// SPDX-License-Identifier: MIT
#pragma once

#include "svg_axes.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE axis axis_over(std::span<const double> values, double begin, double end) {
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

TOPOPRUNE_DEFINE tick_marks ticks_of(const axis& a, int wanted) {
    const double raw = (a.high - a.low) / wanted;
    // Ticks that a double cannot tell apart would be without end.
    if (!(raw > 1e-14 * std::max(std::abs(a.low), std::abs(a.high))) || !std::isfinite(raw))
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

TOPOPRUNE_DEFINE tick_marks count_ticks_of(const axis& a, int wanted) {
    tick_marks ticks = ticks_of(a, wanted);
    std::erase_if(ticks.values, [](double value) { return value != std::round(value); });
    ticks.decimals = 0;
    return ticks;
}

TOPOPRUNE_DEFINE std::string horizontal_grid(const axis& x, const axis& y, const tick_marks& ticks,
                                             std::string_view suffix) {
    std::string drawing;
    for (const double value : ticks.values)
        drawing +=
            joined("<path class=\"grid\" d=\"M", coordinate(x.begin), " ", coordinate(y(value)), "H",
                   coordinate(x.end), "\"/><text class=\"tick end\" x=\"", coordinate(x.begin - 6), "\" y=\"",
                   coordinate(y(value) + 4), "\">", tick_text(value, ticks.decimals), suffix, "</text>\n");
    return drawing;
}

TOPOPRUNE_DEFINE std::string base_line(const axis& x, double bottom, const tick_marks& ticks) {
    std::string drawing = joined("<path class=\"axis\" d=\"M", coordinate(x.begin), " ", coordinate(bottom),
                                 "H", coordinate(x.end), "\"/>\n");
    for (const double value : ticks.values)
        drawing += joined("<path class=\"axis\" d=\"M", coordinate(x(value)), " ", coordinate(bottom),
                          "v4\"/><text class=\"tick middle\" x=\"", coordinate(x(value)), "\" y=\"",
                          coordinate(bottom + 17), "\">", tick_text(value, ticks.decimals), "</text>\n");
    return drawing;
}

} // namespace topoprune::detail
