// SPDX-License-Identifier: MIT
#pragma once

#include "distributions_section.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<double> binned_percentages(const std::vector<double>& values, const axis& over,
                                                        int bins) {
    std::vector<double> shares;
    if (values.empty())
        return shares;
    shares.assign(static_cast<std::size_t>(bins), 0.0);
    for (const double value : values) {
        const double at = std::floor((value - over.low) / (over.high - over.low) * bins);
        ++shares[static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(bins - 1)))];
    }
    for (double& share : shares)
        share *= 100.0 / static_cast<double>(values.size());
    return shares;
}

TOPOPRUNE_DEFINE std::string step_path(const axis& x, const axis& y, const std::vector<double>& heights) {
    if (heights.empty())
        return {};
    const double pitch = (x.end - x.begin) / static_cast<double>(heights.size());
    std::string path = joined("M", coordinate(x.begin), " ", coordinate(y.begin));
    for (std::size_t k = 0; k < heights.size(); ++k)
        path += joined("V", coordinate(y(heights[k])), "H",
                       coordinate(x.begin + pitch * static_cast<double>(k + 1)));
    return path + joined("V", coordinate(y.begin));
}

TOPOPRUNE_DEFINE std::string distribution_figure(std::string_view name, std::string_view meaning,
                                                 const std::vector<double>& column,
                                                 const std::vector<sample_reason>& reasons) {
    constexpr int bins = 36;
    constexpr double width = 350;
    constexpr double height = 220;
    std::vector<double> all;
    std::vector<double> kept;
    for (std::size_t i = 0; i < column.size(); ++i) {
        if (!std::isfinite(column[i]))
            continue;
        all.push_back(column[i]);
        if (is_kept(reasons[i]))
            kept.push_back(column[i]);
    }
    const axis x = axis_over(all, 44, width - 12);
    const std::vector<double> all_shares = binned_percentages(all, x, bins);
    const std::vector<double> kept_shares = binned_percentages(kept, x, bins);
    double most = 1;
    for (const auto* shares : {&all_shares, &kept_shares})
        for (const double share : *shares)
            most = std::max(most, share);
    const axis y{0, most, height - 28, 10};
    return joined(
        "<figure>\n<h3>", name, "</h3>\n", "<p class=\"quiet\">", meaning, "</p>\n",
        svg_begin(width, height, joined("Histogram of ", name, " for all samples and for the kept ones")),
        horizontal_grid(x, y, ticks_of(y, 4), "\u00a0%"), "<path class=\"all\" d=\"",
        step_path(x, y, all_shares), "z\"/>\n<path class=\"kept-line\" d=\"", step_path(x, y, kept_shares),
        "\"/>\n", base_line(x, y.begin, ticks_of(x, 4)), "</svg>\n", "<figcaption><i class=\"all\"></i>all ",
        grouped(std::ssize(all)), " <i class=\"kept-line\"></i>kept ", grouped(std::ssize(kept)),
        "</figcaption>\n</figure>\n");
}

TOPOPRUNE_DEFINE std::string distributions_section(const pruning& result) {
    const auto& reasons = result.chosen().reasons;
    constexpr std::string_view lead =
        "The share of samples by value, all classes together: the pale area is every sample with a value, "
        "the line the kept ones; each adds up to 100\u00a0%. Where the line lies above the area, the "
        "choice favors that range.";
    return section(
        "distributions", "Distributions", lead,
        joined("<div class=\"row\">\n",
               distribution_figure("persistence", "displacement under the topological loss",
                                   result.persistence, reasons),
               distribution_figure("density", "log density within the class", result.density, reasons),
               distribution_figure("score", "the combination that defines the strata", result.score, reasons),
               "</div>\n"));
}

} // namespace topoprune::detail
