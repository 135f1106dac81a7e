// SPDX-License-Identifier: MIT
#pragma once

#include "measured_section.hpp"

#include "html_text.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string measured_line(const std::vector<stage_time>& times, double peak_megabytes) {
    const auto number = [](double value, int decimals) {
        return std::isfinite(value) ? fixed(value, decimals) : std::string("null");
    };
    std::string stages;
    for (const stage_time& time : times)
        stages += joined(stages.empty() ? "" : ",", "[", json_string(time.stage), ",",
                         number(time.seconds, 6), "]");
    return joined("<script id=\"measured\" type=\"application/json\">{\"stages\":[", stages,
                  "],\"peak_megabytes\":", peak_megabytes > 0 ? number(peak_megabytes, 1) : "null",
                  "}</script>\n");
}

TOPOPRUNE_DEFINE std::string measured_section(const std::vector<stage_time>& times, double peak_megabytes) {
    return section(
        "cost", "Time and memory",
        "How long each stage took by the wall clock, and the most memory the program held. Only "
        "this section and the time above differ between runs of the same input.",
        joined("<table class=\"bars\" id=\"stages\"><caption class=\"unseen\">Stage times</caption>"
               "<tbody></tbody></table>\n<p>Peak memory: <span data-measured=\"memory\">",
               no_number,
               "</span></p>\n<noscript><p class=\"quiet\">The figures are in the "
               "element named measured of this page's source.</p></noscript>\n",
               measured_line(times, peak_megabytes)));
}

} // namespace topoprune::detail
