// SPDX-License-Identifier: MIT
#pragma once

#include "embedding_pictures.hpp"

#include "base64_digits.hpp"
#include "html_text.hpp"
#include "picture.hpp"
#include "png.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string embedding_pictures(const drawn_points& points, const even_sample& pruned,
                                                const even_sample& kept, const image_stack& images) {
    constexpr std::int64_t columns = 40;
    constexpr std::int64_t number_digits = 3;
    static_assert(most_drawn_points <= std::int64_t{1} << (6 * number_digits));
    const reduced_size size(images, most_thumbnail_pixels);
    const even_sample pictured{
        pruned.size() + kept.size(),
        std::min(most_thumbnails, most_thumbnail_bytes / (size.width * size.height * images.channels))};
    std::vector<std::int64_t> samples;
    std::string numbers;
    for (std::int64_t k = 0; k < pictured.size(); ++k) {
        const std::int64_t i = pictured(k);
        samples.push_back(i < pruned.size() ? points.pruned[static_cast<std::size_t>(pruned(i))]
                                            : points.kept[static_cast<std::size_t>(kept(i - pruned.size()))]);
        append_base64(numbers, static_cast<std::uint64_t>(i), number_digits);
    }
    const std::int64_t line = std::min(columns, pictured.size());
    const std::string remark =
        pictured.is_partial()
            ? joined("The page holds the images of an even sample of ", grouped(pictured.size()), " of the ",
                     grouped(pictured.count),
                     " drawn points; the nearest of them is shown beside the pointer.")
            : std::string("The image of the sample that is nearest to the pointer is shown beside it.");
    return joined("<p class=\"quiet\">", remark, "</p>\n",
                  "<figure id=\"embedding-picture\" hidden=\"\"><div style=\"background-image:url(",
                  png_address(picture_sheet(images, samples, size, line)),
                  ")\"></div><figcaption></figcaption></figure>\n",
                  "<script id=\"picture-data\" type=\"application/json\">\n{\"width\":",
                  std::to_string(size.width), ",\"height\":", std::to_string(size.height),
                  ",\"columns\":", std::to_string(line), ",\n\"points\":\"", numbers, "\"}\n</script>\n");
}

} // namespace topoprune::detail
