// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/class_partition.hpp"
#include "../core/version.hpp"
#include "../homology/signed_measure.hpp"
#include "../pipeline/pruning.hpp"
#include "../transport/transport.hpp"
#include "detail/classes_section.hpp"
#include "detail/distributions_section.hpp"
#include "detail/embedding_section.hpp"
#include "detail/html_text.hpp"
#include "detail/measure_section.hpp"
#include "detail/measured_section.hpp"
#include "detail/page_script.hpp"
#include "detail/page_style.hpp"
#include "detail/strata_section.hpp"

#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune {

/// The signed measure of one class and, if the loss moves it, how its positive atoms move onto its negative
/// ones.
struct measure_picture {
    std::int64_t label = 0;
    signed_measure measure;
    std::optional<transport_result> transport{};
};

/// What a report tells of a run.
struct report_input {
    /// The name of the data; any text.
    std::string title;
    /// n labels, the ones the run was given.
    std::span<const std::int64_t> labels;
    const pruning& result;
    /// Names and values of the settings, shown as a table in this order; any text.
    std::vector<std::pair<std::string, std::string>> settings{};
    /// Empty if there is none to show; the page says so, and why.
    std::optional<measure_picture> picture{};
    /// Why there is no picture, as it follows a colon; any text.
    std::string no_picture_because = "none was made";
    /// The most memory that the program held, in megabytes; 0 = not measured.
    double peak_megabytes = 0;
};

namespace detail {

inline void check_report_input(const report_input& input, const class_partition& classes) {
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
    if (!input.picture || !input.picture->transport)
        return;
    const std::int64_t atoms = std::ssize(input.picture->measure);
    for (const transport_move& move : input.picture->transport->plan)
        for (const std::int64_t end : {move.from, move.to})
            require(end >= 0 && end < atoms, "write_html_report", "an atom of the transport plan", end,
                    "at least 0 and below the number of atoms,", atoms);
}

[[nodiscard]] inline std::string report_head(std::string_view title) {
    return joined("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"generator\" content=\"topoprune " TOPOPRUNE_VERSION "\">\n<title>",
                  escaped(title), "</title>\n<style>", page_style, "</style>\n</head>\n<body>\n<main>\n");
}

[[nodiscard]] inline std::string key_figure(std::string_view name, std::string_view value) {
    return joined("<div><dt>", name, "</dt><dd>", value, "</dd></div>\n");
}

/// The title, the result in one sentence, the links and the key figures.
[[nodiscard]] inline std::string report_summary(std::string_view title, const pruning& result) {
    const class_summary all = sum_of_classes(result.classes);
    const std::int64_t kept = result.chosen().size();
    const std::string refilled =
        all.filled == 0 ? "" : joined(", ", grouped(all.filled), " of them taken back to fill short classes");
    return joined("<header>\n<h1>", escaped(title), "</h1>\n<p class=\"result\">Kept ", grouped(kept), " of ",
                  counted(all.samples, "sample", "samples"), " (", percentage(kept, all.samples), "), ",
                  grouped(all.filtered), " filtered", refilled, ".</p>\n<dl class=\"figures\">\n",
                  key_figure("samples", grouped(all.samples)),
                  key_figure("classes", grouped(std::ssize(result.classes))),
                  key_figure("filtered", grouped(all.filtered)),
                  key_figure("scored", grouped(all.samples - all.filtered)),
                  key_figure("kept", grouped(kept)),
                  key_figure("time", joined("<span data-measured=\"time\">", no_number, "</span>")),
                  "</dl>\n<nav aria-label=\"Sections\">\n<a href=\"#embedding\">Embedding</a>\n"
                  "<a href=\"#classes\">Classes</a>\n<a href=\"#distributions\">Distributions</a>\n"
                  "<a href=\"#strata\">Strata</a>\n<a href=\"#measure\">Signed measure</a>\n"
                  "<a href=\"#notes\">Notes</a>\n<a href=\"#settings\">Settings</a>\n"
                  "<a href=\"#cost\">Time and memory</a>\n</nav>\n</header>\n\n");
}

[[nodiscard]] inline std::string notes_section(const std::vector<std::string>& notes) {
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

[[nodiscard]] inline std::string
settings_section(const std::vector<std::pair<std::string, std::string>>& settings) {
    std::string rows;
    for (const auto& [name, value] : settings)
        rows += table_row(escaped(name), escaped(value));
    return section("settings", "Settings", "The same input, settings and version give the same result.",
                   rows.empty() ? std::string("<p>None were given.</p>\n")
                                : joined("<table class=\"facts\">\n<tbody>\n", rows, "</tbody>\n</table>\n"));
}

} // namespace detail

/// Writes a run of a pruner as one HTML page that needs nothing else: no network, no fonts, no scripts beside
/// its own. It shows the embedding, the classes before and after, the distributions of the scores, the strata
/// of each class, the signed measure of one class, notes, settings, and where the time went. Text, tables and
/// charts are static; a script draws the embedding and the times.
///
/// The page is the same to the byte for the same input, under any locale, but for one line, the element
/// `measured`, which holds the times and the memory. Samples without a finite place in the embedding or
/// without a finite score are left out of the pictures; of an embedding with more than two columns the first
/// two are drawn. Throws std::invalid_argument if the parts do not belong together.
///
/// Cost: O(n log n); the page takes about 9 bytes a sample, at most 2 MB of them (200,000 points are drawn),
/// plus some 200 bytes a class and 20 bytes a stratum.
inline void write_html_report(std::ostream& out, const report_input& input) {
    const class_partition classes(input.labels);
    detail::check_report_input(input, classes);
    const auto write = [&out](std::string_view text) {
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
    };
    const pruning& result = input.result;
    write(detail::report_head(input.title));
    write(detail::report_summary(input.title, result));
    write(detail::embedding_section(result, classes));
    write(detail::classes_section(result.classes));
    write(detail::distributions_section(result));
    write(detail::strata_section(result, classes));
    write(input.picture ? detail::measure_section(input.picture->label, input.picture->measure,
                                                  input.picture->transport)
                        : detail::missing_measure_section(input.no_picture_because));
    write(detail::notes_section(result.notes));
    write(detail::settings_section(input.settings));
    write(detail::measured_section(result.times, input.peak_megabytes));
    write(detail::joined("<footer>Written by topoprune " TOPOPRUNE_VERSION ".</footer>\n</main>\n<script>",
                         detail::page_script, "</script>\n</body>\n</html>\n"));
}

} // namespace topoprune
