// SPDX-License-Identifier: MIT
#pragma once

#include "samples_section.hpp"

#include "even_sample.hpp"
#include "html_text.hpp"
#include "png.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int64_t> evenly(const std::vector<std::int64_t>& all) {
    const even_sample shown{std::ssize(all), most_pictures_in_row};
    std::vector<std::int64_t> some;
    for (std::int64_t k = 0; k < shown.size(); ++k)
        some.push_back(all[static_cast<std::size_t>(shown(k))]);
    return some;
}

TOPOPRUNE_DEFINE std::vector<sample_row> sample_rows(const pruning& result,
                                                     std::span<const std::int64_t> members) {
    const auto density = [&](std::int64_t i) { return result.density[static_cast<std::size_t>(i)]; };
    std::vector<std::int64_t> kept;
    std::vector<std::int64_t> without_density;
    std::vector<std::int64_t> pruned;
    std::vector<std::int64_t> filtered;
    for (const std::int64_t i : members) {
        const sample_reason reason = result.chosen().reasons[static_cast<std::size_t>(i)];
        const bool has_density = std::isfinite(density(i));
        if (is_kept(reason))
            (has_density ? kept : without_density).push_back(i);
        else if (has_density && (reason == sample_reason::pruned || reason == sample_reason::excluded))
            pruned.push_back(i);
        else if (reason != sample_reason::pruned)
            filtered.push_back(i);
    }
    for (auto* rows : {&kept, &pruned})
        std::stable_sort(rows->begin(), rows->end(),
                         [&](std::int64_t a, std::int64_t b) { return density(a) > density(b); });
    const std::int64_t most = std::min(most_pictures_in_row, std::ssize(kept));
    const std::int64_t least = std::min(most_pictures_in_row, std::ssize(kept) - most);
    std::vector<sample_row> rows{{"most typical kept", {kept.begin(), kept.begin() + most}},
                                 {"least typical kept", {kept.rbegin(), kept.rbegin() + least}},
                                 {"kept though filtered", evenly(without_density)},
                                 {"pruned", evenly(pruned)},
                                 {"filtered", evenly(filtered)}};
    std::erase_if(rows, [](const sample_row& row) { return row.samples.empty(); });
    return rows;
}

TOPOPRUNE_DEFINE std::string sample_picture(const image_stack& images, const reduced_size& size,
                                            std::int64_t sample, std::string_view class_name) {
    constexpr std::int64_t shown_side = 64;
    const std::int64_t factor = std::max(std::int64_t{1}, shown_side / std::max(size.width, size.height));
    const std::string name = joined("sample ", grouped(sample), ", class ", escaped(class_name));
    return joined("<img width=\"", std::to_string(factor * size.width), "\" height=\"",
                  std::to_string(factor * size.height), "\" alt=\"", name, "\" title=\"", name, "\" src=\"",
                  png_address(reduced_picture(images, sample, size)), "\"/>");
}

TOPOPRUNE_DEFINE std::string samples_remarks(const class_partition& classes, const image_stack& images,
                                             const reduced_size& size) {
    std::string remarks;
    if (classes.count() > most_pictured_classes)
        remarks += joined("The first ", grouped(most_pictured_classes), " of ", grouped(classes.count()),
                          " classes are shown; ", grouped(classes.count() - most_pictured_classes),
                          " are left out. ");
    if (size.width < images.width || size.height < images.height)
        remarks +=
            joined("The images of ", grouped(images.width), " \u00d7 ", grouped(images.height),
                   " pixels are reduced to ", grouped(size.width), " \u00d7 ", grouped(size.height), ". ");
    if (images.range)
        remarks += joined("The numbers of the images are scaled: ", significant(images.range->low + 0.0, 4),
                          ", the least of all, is black; ", significant(images.range->high + 0.0, 4),
                          ", the largest, is white. ");
    return remarks.empty() ? remarks : joined("<p class=\"quiet\">", remarks, "</p>\n");
}

TOPOPRUNE_DEFINE std::string samples_section(const pruning& result, const class_partition& classes,
                                             const class_names& names, const image_stack& images) {
    const reduced_size size(images, most_picture_pixels);
    std::string content = samples_remarks(classes, images, size);
    for (std::int64_t c = 0; c < std::min(classes.count(), most_pictured_classes); ++c) {
        const std::string name = names.of(classes.label(c));
        content += joined("<h3>Class ", escaped(name), "</h3>\n<table class=\"pictures\">\n<tbody>\n");
        for (const sample_row& row : sample_rows(result, classes.members(c))) {
            content += joined("<tr><th scope=\"row\">", row.name, "</th><td>\n");
            for (const std::int64_t sample : row.samples)
                content += sample_picture(images, size, sample, name) + "\n";
            content += "</td></tr>\n";
        }
        content += "</tbody>\n</table>\n";
    }
    constexpr std::string_view lead =
        "A sample is typical where the density of its class is high. Kept samples stand in the order of "
        "their density, from either end; pruned ones are an even sample from the most typical to the least, "
        "filtered ones an even sample in the order of the input. Hold the pointer over an image to see "
        "which sample it is.";
    return section("samples", "Samples", lead, content);
}

} // namespace topoprune::detail
