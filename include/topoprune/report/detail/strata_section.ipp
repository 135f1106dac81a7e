// SPDX-License-Identifier: MIT
#pragma once

#include "strata_section.hpp"

#include "embedding_section.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<stratum_counts> strata_of_classes(const pruning& result,
                                                               const class_partition& classes) {
    std::vector<stratum_counts> strata(static_cast<std::size_t>(classes.count()));
    for (std::size_t i = 0; i < result.stratum().size(); ++i) {
        if (result.stratum()[i] < 0)
            continue;
        const auto stratum = static_cast<std::size_t>(result.stratum()[i]);
        stratum_counts& of_class =
            strata[static_cast<std::size_t>(classes.class_of(static_cast<std::int64_t>(i)))];
        if (of_class.samples.size() <= stratum) {
            of_class.samples.resize(stratum + 1);
            of_class.kept.resize(stratum + 1);
        }
        ++of_class.samples[stratum];
        of_class.kept[stratum] += is_kept(result.chosen().reasons[i]);
    }
    return strata;
}

TOPOPRUNE_DEFINE std::string json_list(const std::vector<std::int64_t>& numbers) {
    std::string list = "[";
    for (std::size_t i = 0; i < numbers.size(); ++i)
        list += joined(i == 0 ? "" : ",", std::to_string(numbers[i]));
    return list + "]";
}

TOPOPRUNE_DEFINE std::string strata_path(const std::vector<std::int64_t>& counts, double most) {
    const double pitch = (strata_x.end - strata_x.begin) / std::max(1.0, static_cast<double>(counts.size()));
    const double gap = std::min(8.0, 0.2 * pitch);
    std::string path;
    for (std::size_t k = 0; k < counts.size(); ++k)
        if (counts[k] > 0)
            path += joined("M", coordinate(strata_x.begin + pitch * static_cast<double>(k) + 0.5 * gap), " ",
                           coordinate(strata_y.begin), "V",
                           coordinate(strata_y(static_cast<double>(counts[k]) / most)), "h",
                           coordinate(pitch - gap), "V", coordinate(strata_y.begin), "z");
    return path;
}

TOPOPRUNE_DEFINE std::string strata_chart(const stratum_counts& strata) {
    const auto widest = std::max_element(strata.samples.begin(), strata.samples.end());
    const std::int64_t most = widest == strata.samples.end() ? 1 : *widest;
    const std::int64_t last = std::max<std::int64_t>(0, std::ssize(strata.samples) - 1);
    const std::string bottom = coordinate(strata_y.begin + 17);
    return joined(
        "<figure class=\"wide\">\n",
        svg_begin(710, 230, "Bars: samples and kept samples of each stratum", 520),
        "<path class=\"grid\" d=\"M", coordinate(strata_x.begin), " ", coordinate(strata_y.end), "H",
        coordinate(strata_x.end), "\"/>\n<text class=\"tick end\" id=\"strata-most\" x=\"",
        coordinate(strata_x.begin - 6), "\" y=\"", coordinate(strata_y.end + 4), "\">", grouped(most),
        "</text>\n<text class=\"tick end\" x=\"", coordinate(strata_x.begin - 6), "\" y=\"",
        coordinate(strata_y.begin + 4), "\">0</text>\n<path class=\"all\" id=\"strata-samples\" d=\"",
        strata_path(strata.samples, static_cast<double>(most)),
        "\"/>\n<path class=\"kept\" id=\"strata-kept\" d=\"",
        strata_path(strata.kept, static_cast<double>(most)), "\"/>\n",
        base_line(strata_x, strata_y.begin, {}), "<text class=\"tick\" x=\"", coordinate(strata_x.begin),
        "\" y=\"", bottom, "\">0</text>\n", "<text class=\"tick end\" id=\"strata-last\" x=\"",
        coordinate(strata_x.end), "\" y=\"", bottom, "\">", grouped(last), "</text>\n",
        axis_name(strata_x, strata_y.begin, "stratum, from low to high score"),
        "</svg>\n<figcaption><i class=\"all\"></i>samples <i "
        "class=\"kept\"></i>kept</figcaption>\n</figure>\n");
}

TOPOPRUNE_DEFINE std::string strata_section(const pruning& result, const class_partition& classes,
                                            const class_names& names) {
    constexpr std::string_view lead =
        "The range of a class's scores is cut into strata of equal width and its budget is spread over "
        "them as evenly as their sizes allow. Level strong bars are even draws; where one fills its pale "
        "bar, the whole stratum was kept.";
    if (classes.count() == 0)
        return section("strata", "Strata", lead, "<p>There are no classes.</p>\n");
    const std::vector<stratum_counts> strata = strata_of_classes(result, classes);
    std::string data = "<script id=\"strata-data\" type=\"application/json\">\n[";
    for (std::size_t c = 0; c < strata.size(); ++c)
        data += joined(c == 0 ? "" : ",", "\n{\"samples\":", json_list(strata[c].samples),
                       ",\"kept\":", json_list(strata[c].kept), "}");
    return section("strata", "Strata", lead,
                   joined("<div class=\"controls\"><label>class <select id=\"strata-class\">\n",
                          class_options(classes, names), "</select></label></div>\n",
                          strata_chart(strata.front()), data, "]\n</script>\n"));
}

} // namespace topoprune::detail
