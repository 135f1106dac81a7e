// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/class_partition.hpp"
#include "../../pipeline/pruning.hpp"
#include "class_color.hpp"
#include "even_sample.hpp"
#include "html_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// Most points that the picture draws, and how many of them the kept ones may take.
inline constexpr std::int64_t most_drawn_points = 200'000;
inline constexpr std::int64_t most_drawn_kept_points = 150'000;
/// Most classes that the legend lists.
inline constexpr std::int64_t most_legend_classes = 30;

/// `count` six-bit digits of a number, highest first, in the alphabet of base64.
inline void append_base64(std::string& text, std::uint64_t number, int count) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int k = count - 1; k >= 0; --k)
        text += digits[(number >> (6 * k)) & 63];
}

/// The points that have a place in the first two columns of an embedding, and that place on a grid of 4096
/// steps along the longer side.
class drawn_points {
public:
    drawn_points(const matrix<double>& embedding, const class_partition& classes,
                 const std::vector<sample_reason>& reasons)
        : embedding_(embedding) {
        for (std::int64_t c = 0; c < classes.count(); ++c)
            for (const std::int64_t i : classes.members(c)) {
                const sample_reason reason = reasons[static_cast<std::size_t>(i)];
                if (reason == sample_reason::kept && has_place(i))
                    kept.push_back(i);
                if (reason == sample_reason::pruned && has_place(i))
                    pruned.push_back(i);
            }
        for (const auto* rows : {&pruned, &kept})
            for (const std::int64_t i : *rows)
                for (const int k : {0, 1}) {
                    low_[k] = std::min(low_[k], value(i, k));
                    high_[k] = std::max(high_[k], value(i, k));
                }
    }

    /// Row numbers, class by class, ascending in each.
    std::vector<std::int64_t> pruned;
    std::vector<std::int64_t> kept;

    [[nodiscard]] bool empty() const { return pruned.empty() && kept.empty(); }
    /// The sides of the picture in grid steps, at most 4095.
    [[nodiscard]] std::int64_t width() const { return step(high_[0], 0); }
    [[nodiscard]] std::int64_t height() const { return step(high_[1], 1); }
    [[nodiscard]] std::int64_t step_of(std::int64_t row, int column) const {
        return step(value(row, column), column);
    }

private:
    [[nodiscard]] double value(std::int64_t row, int column) const {
        return column < embedding_.cols() ? embedding_(row, column) : 0.0;
    }

    [[nodiscard]] bool has_place(std::int64_t row) const {
        return embedding_.cols() > 0 && std::isfinite(value(row, 0)) && std::isfinite(value(row, 1));
    }

    [[nodiscard]] std::int64_t step(double coordinate, int column) const {
        const double side = std::max(high_[0] - low_[0], high_[1] - low_[1]);
        return side > 0 && std::isfinite(side) ? std::lround(4095 * ((coordinate - low_[column]) / side)) : 0;
    }

    const matrix<double>& embedding_;
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    double low_[2] = {infinity, infinity};
    double high_[2] = {-infinity, -infinity};
};

/// The data of the picture: for each class its label, its color and its numbers of pruned and kept points;
/// then the places (four base64 digits a point: 12 bits of x, 12 bits of y) and the row numbers (five), the
/// pruned points of all classes before the kept ones.
[[nodiscard]] inline std::string embedding_data(const drawn_points& points, const class_partition& classes,
                                                const even_sample& pruned, const even_sample& kept) {
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
        data += joined(c == 0 ? "" : ",", "\n[\"", std::to_string(classes.label(c)), "\",\"", class_color(c),
                       "\",", std::to_string(pruned_of[at]), ",", std::to_string(kept_of[at]), "]");
    }
    return data + joined("],\n\"places\":\"", places, "\",\n\"rows\":\"", rows, "\"}\n</script>\n");
}

/// One option per class, for a selector whose values are class numbers.
[[nodiscard]] inline std::string class_options(const class_partition& classes) {
    std::string options;
    for (std::int64_t c = 0; c < classes.count(); ++c)
        options += joined("<option value=\"", std::to_string(c), "\">", std::to_string(classes.label(c)),
                          "</option>\n");
    return options;
}

[[nodiscard]] inline std::string embedding_legend(const class_partition& classes) {
    std::string legend = "<div class=\"legend\" role=\"group\" aria-label=\"Classes\">\n";
    const std::int64_t listed = std::min(classes.count(), most_legend_classes);
    for (std::int64_t c = 0; c < listed; ++c)
        legend += joined("<button type=\"button\" data-class=\"", std::to_string(c),
                         "\" aria-pressed=\"false\"><i style=\"background:", class_color(c), "\"></i>",
                         std::to_string(classes.label(c)), "</button>\n");
    if (listed < classes.count())
        legend += joined("<span class=\"quiet\">and ", grouped(classes.count() - listed),
                         " more, in the list above</span>\n");
    return legend + "</div>\n";
}

/// What the picture leaves out, if anything: filtered samples, further columns, points beyond the limit.
[[nodiscard]] inline std::string embedding_remarks(const drawn_points& points, std::int64_t samples,
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

/// The picture of the embedding, drawn by the page's script from the data beside it.
[[nodiscard]] inline std::string embedding_section(const pruning& result, const class_partition& classes) {
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
                      class_options(classes),
                      "</select></label>\n<output id=\"embedding-point\"></output>\n</div>\n",
                      "<canvas id=\"embedding-canvas\" style=\"aspect-ratio:1/", fixed(proportion, 3),
                      "\" role=\"img\" aria-label=\"Scatter plot of the embedding: ",
                      counted(std::ssize(points.kept), "kept sample", "kept samples"), " and ",
                      counted(std::ssize(points.pruned), "pruned sample", "pruned samples"), "\"></canvas>\n",
                      "<noscript><p class=\"quiet\">This picture needs JavaScript.</p></noscript>\n",
                      embedding_legend(classes),
                      embedding_remarks(points, classes.samples(), result.embedding.cols(), pruned, kept),
                      embedding_data(points, classes, pruned, kept));
    return section("embedding", "Embedding", lead, content);
}

} // namespace topoprune::detail
