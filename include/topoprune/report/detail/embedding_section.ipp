// SPDX-License-Identifier: MIT
#pragma once

#include "embedding_section.hpp"

#include "base64_digits.hpp"
#include "class_color.hpp"
#include "embedding_pictures.hpp"
#include "html_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string embedding_data(const drawn_points& points, const class_partition& classes,
                                            const class_names& names, const even_sample& pruned,
                                            const even_sample& kept) {
    std::vector<std::int64_t> pruned_of(static_cast<std::size_t>(classes.count()));
    std::vector<std::int64_t> kept_of(pruned_of.size());
    std::string places;
    std::string rows;
    const auto append = [&](const std::vector<std::int64_t>& all, const even_sample& shown,
                            std::vector<std::int64_t>& of_class) {
        for (std::int64_t k = 0; k < shown.size(); ++k) {
            const std::int64_t row = all[static_cast<std::size_t>(shown(k))];
            append_base64(places, static_cast<std::uint64_t>(points.step_of(row, 0)), 2);
            append_base64(places, static_cast<std::uint64_t>(points.step_of(row, 1)), 2);
            append_base64(rows, static_cast<std::uint64_t>(row), 5);
            ++of_class[static_cast<std::size_t>(classes.class_of(row))];
        }
    };
    append(points.pruned, pruned, pruned_of);
    append(points.kept, kept, kept_of);

    std::string data = joined("<script id=\"embedding-data\" type=\"application/json\">\n{\"width\":",
                              std::to_string(points.width()), ",\"height\":", std::to_string(points.height()),
                              ",\"classes\":[");
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        const auto at = static_cast<std::size_t>(c);
        data +=
            joined(c == 0 ? "" : ",", "\n[", json_string(names.of(classes.label(c))), ",\"", class_color(c),
                   "\",", std::to_string(pruned_of[at]), ",", std::to_string(kept_of[at]), "]");
    }
    return data + joined("],\n\"places\":\"", places, "\",\n\"rows\":\"", rows, "\"}\n</script>\n");
}

TOPOPRUNE_DEFINE std::string class_options(const class_partition& classes, const class_names& names) {
    std::string options;
    for (std::int64_t c = 0; c < classes.count(); ++c)
        options += joined("<option value=\"", std::to_string(c), "\">", escaped(names.of(classes.label(c))),
                          "</option>\n");
    return options;
}

TOPOPRUNE_DEFINE std::string embedding_legend(const class_partition& classes, const class_names& names) {
    std::string legend = "<div class=\"legend\" role=\"group\" aria-label=\"Classes\">\n";
    const std::int64_t listed = std::min(classes.count(), most_legend_classes);
    for (std::int64_t c = 0; c < listed; ++c)
        legend += joined("<button type=\"button\" data-class=\"", std::to_string(c),
                         "\" aria-pressed=\"false\"><i style=\"background:", class_color(c), "\"></i>",
                         escaped(names.of(classes.label(c))), "</button>\n");
    if (listed < classes.count())
        legend += joined("<span class=\"quiet\">and ", grouped(classes.count() - listed),
                         " more, in the list above</span>\n");
    return legend + "</div>\n";
}

TOPOPRUNE_DEFINE std::string embedding_remarks(const drawn_points& points, std::int64_t samples,
                                               std::int64_t columns, const even_sample& pruned,
                                               const even_sample& kept) {
    const std::int64_t placed = std::ssize(points.pruned) + std::ssize(points.kept);
    std::string remarks;
    if (columns > 2)
        remarks += joined("The embedding has ", grouped(columns), " columns; the first two are drawn. ");
    if (columns == 1)
        remarks += "The embedding has one column; the points are drawn on a line. ";
    if (placed < samples)
        remarks += joined(
            counted(samples - placed, "sample that was filtered has", "samples that were filtered have"),
            " no place in the embedding and ", samples - placed == 1 ? "is" : "are", " not drawn. ");
    if (pruned.is_partial())
        remarks += joined("Of the ", grouped(pruned.count), " pruned points an even sample of ",
                          grouped(pruned.limit), " is drawn. ");
    if (kept.is_partial())
        remarks += joined("Of the ", grouped(kept.count), " kept points an even sample of ",
                          grouped(kept.limit), " is drawn. ");
    return remarks.empty() ? remarks : joined("<p class=\"quiet\">", remarks, "</p>\n");
}

TOPOPRUNE_DEFINE std::string embedding_section(const pruning& result, const class_partition& classes,
                                               const class_names& names, const image_stack* images) {
    const drawn_points points(result.embedding, classes, result.chosen().reasons);
    const even_sample kept{std::ssize(points.kept),
                           std::ssize(points.pruned) + std::ssize(points.kept) <= most_drawn_points
                               ? most_drawn_points
                               : most_drawn_kept_points};
    const even_sample pruned{std::ssize(points.pruned), most_drawn_points - kept.size()};
    constexpr std::string_view lead =
        "Each point is a sample where the projection put it, in the color of its class. Kept samples are "
        "strong, pruned ones pale. A good choice covers every region of every class.";
    std::string content;
    if (points.empty())
        return section("embedding", "Embedding", lead, "<p>No sample has a place in the embedding.</p>\n");
    const double proportion = std::clamp(
        static_cast<double>(points.height()) / std::max(1.0, static_cast<double>(points.width())), 0.35, 0.8);
    content += joined("<div class=\"controls\" id=\"embedding-controls\">\n"
                      "<label><input type=\"checkbox\" id=\"show-kept\" checked> kept</label>\n"
                      "<label><input type=\"checkbox\" id=\"show-pruned\" checked> pruned</label>\n"
                      "<label>class <select id=\"embedding-class\">\n<option value=\"-1\">all</option>\n",
                      class_options(classes, names),
                      "</select></label>\n<output id=\"embedding-point\"></output>\n</div>\n",
                      "<canvas id=\"embedding-canvas\" style=\"aspect-ratio:1/", fixed(proportion, 3),
                      "\" role=\"img\" aria-label=\"Scatter plot of the embedding: ",
                      counted(std::ssize(points.kept), "kept sample", "kept samples"), " and ",
                      counted(std::ssize(points.pruned), "pruned sample", "pruned samples"), "\"></canvas>\n",
                      "<noscript><p class=\"quiet\">This picture needs JavaScript.</p></noscript>\n",
                      embedding_legend(classes, names),
                      embedding_remarks(points, classes.samples(), result.embedding.cols(), pruned, kept),
                      images != nullptr ? embedding_pictures(points, pruned, kept, *images) : std::string(),
                      embedding_data(points, classes, names, pruned, kept));
    return section("embedding", "Embedding", lead, content);
}

} // namespace topoprune::detail
