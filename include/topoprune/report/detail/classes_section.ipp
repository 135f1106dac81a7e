// SPDX-License-Identifier: MIT
#pragma once

#include "classes_section.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string stacked_bars(std::string_view style, const axis& x, const axis& y,
                                          std::span<const double> bases, std::span<const double> tops) {
    const double pitch = std::abs(x.end - x.begin) / std::max(1.0, static_cast<double>(tops.size()));
    const double gap = pitch > 4 ? std::min(8.0, 0.2 * pitch) : 0;
    std::string path;
    for (std::size_t k = 0; k < tops.size(); ++k)
        if (tops[k] > bases[k])
            path += joined("M", coordinate(x.begin + pitch * static_cast<double>(k) + 0.5 * gap), " ",
                           coordinate(y(bases[k])), "V", fixed(y(tops[k]), 2), "h", coordinate(pitch - gap),
                           "V", coordinate(y(bases[k])), "z");
    return joined("<path class=\"", style, "\" d=\"", path, "\"/>\n");
}

TOPOPRUNE_DEFINE std::size_t label_distance(const std::vector<class_summary>& classes,
                                            const class_names& names, double pitch) {
    std::size_t longest = 1;
    for (const class_summary& c : classes)
        longest = std::max(longest, names.of(c.label).size());
    const double needed = 7.0 * static_cast<double>(longest) + 10;
    for (std::size_t power = 1; power < classes.size(); power *= 10)
        for (const std::size_t lead : {1U, 2U, 5U})
            if (static_cast<double>(lead * power) * pitch >= needed)
                return lead * power;
    return std::max<std::size_t>(1, classes.size());
}

TOPOPRUNE_DEFINE std::string class_chart(const std::vector<class_summary>& classes,
                                         const class_names& names) {
    constexpr double height = 230;
    constexpr double widest = 1060;
    const auto count = static_cast<double>(std::max<std::size_t>(1, classes.size()));
    const axis x{0, count, 58, std::min(widest - 10, 58 + 56 * count)};
    const std::vector<double> zero(classes.size(), 0.0);
    std::vector<double> kept;
    std::vector<double> passed;
    std::vector<double> all;
    for (const class_summary& c : classes) {
        kept.push_back(static_cast<double>(c.kept));
        passed.push_back(static_cast<double>(std::max(c.kept, c.samples - c.filtered + c.filled)));
        all.push_back(static_cast<double>(c.samples));
    }
    const double most = all.empty() ? 1 : std::max(1.0, *std::max_element(all.begin(), all.end()));
    const axis y{0, most, height - 42, 12};
    const std::size_t every = label_distance(classes, names, (x.end - x.begin) / count);
    std::string labels;
    for (std::size_t k = 0; k < classes.size(); k += every)
        labels +=
            joined("<text class=\"tick middle\" x=\"", coordinate(x(static_cast<double>(k) + 0.5)), "\" y=\"",
                   coordinate(y.begin + 17), "\">", escaped(names.of(classes[k].label)), "</text>\n");
    return joined("<figure class=\"wide\">\n",
                  svg_begin(std::max(330.0, x.end + 10), height,
                            "Bars: kept, pruned and filtered samples of each class", 520),
                  horizontal_grid(x, y, count_ticks_of(y, 4)), stacked_bars("filtered", x, y, passed, all),
                  stacked_bars("all", x, y, kept, passed), stacked_bars("kept", x, y, zero, kept),
                  base_line(x, y.begin, {}), labels, axis_name(x, y.begin, "class"), "</svg>\n",
                  "<figcaption><i class=\"kept\"></i>kept <i class=\"all\"></i>pruned <i class=\"filtered\">"
                  "</i>filtered</figcaption>\n</figure>\n");
}

TOPOPRUNE_DEFINE class_summary sum_of_classes(const std::vector<class_summary>& classes) {
    class_summary sum;
    for (const class_summary& c : classes) {
        sum.samples += c.samples;
        sum.filtered += c.filtered;
        sum.budget += c.budget;
        sum.kept += c.kept;
        sum.filled += c.filled;
    }
    return sum;
}

TOPOPRUNE_DEFINE std::string classes_section(const std::vector<class_summary>& classes,
                                             const class_names& names) {
    std::string rows;
    for (const class_summary& c : classes)
        rows += class_row(escaped(names.of(c.label)), c);
    constexpr std::string_view lead =
        "Every bar is a class before pruning; its strong foot is what was kept. Budgets follow the class "
        "sizes, so the feet should rise and fall with the bars. Filled samples failed the filter and were "
        "taken back because their class had too few others.";
    return section(
        "classes", "Classes", lead,
        joined(
            class_chart(classes, names),
            "<div class=\"scroll\" role=\"region\" aria-label=\"Table of the classes\" tabindex=\"0\">\n"
            "<table class=\"numbers\">\n<thead><tr><th scope=\"col\">class</th><th scope=\"col\">samples</th>"
            "<th scope=\"col\">filtered</th><th scope=\"col\">budget</th><th scope=\"col\">kept</th>"
            "<th scope=\"col\">filled</th><th scope=\"col\">kept share</th></tr></thead>\n<tbody>\n",
            rows, "</tbody>\n<tfoot>\n", class_row("all", sum_of_classes(classes)),
            "</tfoot>\n</table>\n</div>\n"));
}

} // namespace topoprune::detail
