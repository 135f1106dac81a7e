// SPDX-License-Identifier: MIT
#pragma once

#include "html_report.hpp"

#include "../core/checks.hpp"
#include "../core/version.hpp"
#include "detail/classes_section.hpp"
#include "detail/distributions_section.hpp"
#include "detail/embedding_pictures.hpp"
#include "detail/embedding_section.hpp"
#include "detail/measure_section.hpp"
#include "detail/measured_section.hpp"
#include "detail/page_script.hpp"
#include "detail/page_style.hpp"
#include "detail/samples_section.hpp"
#include "detail/strata_section.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void check_report_input(const report_input& input, const class_partition& classes) {
    const pruning& result = input.result;
    const std::int64_t n = std::ssize(input.labels);
    const auto one_per_sample = [n](std::string_view argument, std::int64_t size) {
        require(size == n, "write_html_report", argument, size, "the number of labels,", n);
    };
    one_per_sample("the number of reasons", std::ssize(result.chosen().reasons));
    one_per_sample("the number of embedded points", result.embedding.rows());
    one_per_sample("the size of persistence", std::ssize(result.persistence));
    one_per_sample("the size of density", std::ssize(result.density));
    one_per_sample("the size of score", std::ssize(result.score));
    one_per_sample("the size of stratum", std::ssize(result.stratum()));
    require(std::ssize(result.classes) == classes.count(), "write_html_report", "the number of classes",
            result.classes.size(), "the number of different labels,", classes.count());
    if (input.images != nullptr)
        one_per_sample("the number of images", input.images->count);
    if (!input.picture || !input.picture->transport)
        return;
    const std::int64_t atoms = std::ssize(input.picture->measure);
    for (const transport_move& move : input.picture->transport->plan)
        for (const std::int64_t end : {move.from, move.to})
            require(end >= 0 && end < atoms, "write_html_report", "an atom of the transport plan", end,
                    "at least 0 and below the number of atoms,", atoms);
}

TOPOPRUNE_DEFINE std::string report_head(std::string_view title, bool has_images) {
    return joined("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"generator\" content=\"topoprune " TOPOPRUNE_VERSION "\">\n<title>",
                  escaped(title), "</title>\n<style>", page_style, has_images ? samples_style : "",
                  has_images ? embedding_pictures_style : "", "</style>\n</head>\n<body>\n<main>\n");
}

TOPOPRUNE_DEFINE std::string report_summary(std::string_view title, const pruning& result, bool has_images) {
    const class_summary all = sum_of_classes(result.classes);
    const std::int64_t kept = result.chosen().size();
    std::int64_t scored = 0;
    for (std::size_t i = 0; i < result.chosen().reasons.size(); ++i)
        scored += result.is_scored(i);
    const std::string refilled =
        all.filled == 0 ? "" : joined(", ", grouped(all.filled), " of them taken back to fill short classes");
    return joined("<header>\n<h1>", escaped(title), "</h1>\n<p class=\"result\">Kept ", grouped(kept), " of ",
                  counted(all.samples, "sample", "samples"), " (", percentage(kept, all.samples), "), ",
                  grouped(all.filtered), " filtered", refilled, ".</p>\n<dl class=\"figures\">\n",
                  key_figure("samples", grouped(all.samples)),
                  key_figure("classes", grouped(std::ssize(result.classes))),
                  key_figure("filtered", grouped(all.filtered)), key_figure("scored", grouped(scored)),
                  key_figure("kept", grouped(kept)),
                  key_figure("time", joined("<span data-measured=\"time\">", no_number, "</span>")),
                  "</dl>\n<nav aria-label=\"Sections\">\n<a href=\"#embedding\">Embedding</a>\n",
                  has_images ? "<a href=\"#samples\">Samples</a>\n" : "",
                  "<a href=\"#classes\">Classes</a>\n<a href=\"#distributions\">Distributions</a>\n"
                  "<a href=\"#strata\">Strata</a>\n<a href=\"#measure\">Signed measure</a>\n"
                  "<a href=\"#notes\">Notes</a>\n<a href=\"#settings\">Settings</a>\n"
                  "<a href=\"#cost\">Time and memory</a>\n</nav>\n</header>\n\n");
}

TOPOPRUNE_DEFINE std::string notes_section(const std::vector<std::string>& notes) {
    std::string items;
    for (const std::string& note : notes)
        items += joined("<li>", escaped(note), "</li>\n");
    return section(
        "notes", "Notes",
        "What the stages decided on their way: what was filtered, fallbacks taken, classes that fell "
        "short.",
        items.empty() ? std::string("<p>The run left no notes.</p>\n")
                      : joined("<ul class=\"notes\">\n", items, "</ul>\n"));
}

TOPOPRUNE_DEFINE std::string
settings_section(const std::vector<std::pair<std::string, std::string>>& settings) {
    std::string rows;
    for (const auto& [name, value] : settings)
        rows += table_row(escaped(name), escaped(value));
    return section("settings", "Settings", "The same input, settings and version give the same result.",
                   rows.empty() ? std::string("<p>None were given.</p>\n")
                                : joined("<table class=\"facts\">\n<tbody>\n", rows, "</tbody>\n</table>\n"));
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE void write_html_report(std::ostream& out, const report_input& input) {
    const class_partition classes(input.labels);
    detail::check_report_input(input, classes);
    const auto write = [&out](std::string_view text) {
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
    };
    const pruning& result = input.result;
    const bool has_images = input.images != nullptr;
    write(detail::report_head(input.title, has_images));
    write(detail::report_summary(input.title, result, has_images));
    write(detail::embedding_section(result, classes, input.names, input.images));
    if (has_images)
        write(detail::samples_section(result, classes, input.names, *input.images));
    write(detail::classes_section(result.classes, input.names));
    write(detail::distributions_section(result));
    write(detail::strata_section(result, classes, input.names));
    write(input.picture ? detail::measure_section(input.names.of(input.picture->label),
                                                  input.picture->measure, input.picture->transport)
                        : detail::missing_measure_section(input.no_picture_because));
    write(detail::notes_section(result.notes));
    write(detail::settings_section(input.settings));
    write(detail::measured_section(result.times, input.peak_megabytes));
    write(detail::joined("<footer>Written by topoprune " TOPOPRUNE_VERSION ".</footer>\n</main>\n<script>",
                         detail::page_script, has_images ? detail::embedding_pictures_script : "",
                         detail::page_script_end, "</script>\n</body>\n</html>\n"));
}

} // namespace topoprune
