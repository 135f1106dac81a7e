// SPDX-License-Identifier: MIT
#pragma once

#include "neighbor_search.hpp"

#include "../core/checks.hpp"

#include <cmath>
#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE void require_searchable(matrix_view<const float> points, std::int64_t k,
                                         std::string_view function) {
    require(points.rows() <= std::numeric_limits<std::int32_t>::max(), function, "number of points",
            points.rows(), "less than 2^31");
    require(k >= 1, function, "k", k, "at least 1");
    require(k < points.rows(), function, "k", k, "less than the number of points,", points.rows());
    require_finite(points, function, "points");
}

TOPOPRUNE_DEFINE void require_search_answer(const neighbor_graph& answer, std::int64_t n, std::int64_t k,
                                            std::string_view function) {
    require(answer.samples == n, function, "the number of samples in the search's answer", answer.samples,
            "that of the points,", n);
    require(answer.k == k, function, "the number of neighbors in the search's answer", answer.k,
            "the one asked for,", k);
    const auto entries = static_cast<std::size_t>(n * k);
    require(answer.ids.size() == entries, function, "the number of ids in the search's answer",
            answer.ids.size(), "samples x neighbors,", entries);
    require(answer.distances.size() == entries, function, "the number of distances in the search's answer",
            answer.distances.size(), "samples x neighbors,", entries);
    for (std::int64_t i = 0; i < n; ++i)
        for (const std::int32_t id : answer.ids_of(i))
            require(id >= 0 && id < n && id != i, function, "a neighbor in the search's answer", id,
                    "another sample than its own, of which there are", n);
    for (const float distance : answer.distances)
        require(!std::isnan(distance), function, "a distance in the search's answer", distance, "a number");
}

} // namespace topoprune
