// SPDX-License-Identifier: MIT
#pragma once

#include "plane_boxes.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE plane_boxes::plane_boxes(matrix_view<const double> points, double side) {
    const auto n = static_cast<std::size_t>(points.rows());
    std::vector<std::pair<box_place, std::uint32_t>> placed(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto at = static_cast<std::int64_t>(i);
        placed[i] = {{static_cast<std::int64_t>(std::floor(points(at, 1) / side)),
                      static_cast<std::int64_t>(std::floor(points(at, 0) / side))},
                     static_cast<std::uint32_t>(i)};
    }
    std::sort(placed.begin(), placed.end());
    order_.resize(n);
    x_.resize(n);
    y_.resize(n);
    for (std::size_t c = 0; c < n; ++c) {
        const auto& [place, i] = placed[c];
        if (c == 0 || place != placed[c - 1].first) {
            if (c == 0 || place.row != rows_.back().row)
                rows_.push_back({place.row, places_.size(), places_.size()});
            places_.push_back(place);
            begins_.push_back(c);
            rows_.back().end = places_.size();
        }
        order_[c] = i;
        x_[c] = local(points(static_cast<std::int64_t>(i), 0), place.column, side);
        y_[c] = local(points(static_cast<std::int64_t>(i), 1), place.row, side);
    }
    begins_.push_back(n);
}

TOPOPRUNE_DEFINE std::pair<std::size_t, std::size_t> plane_boxes::near_rows(std::int64_t row,
                                                                            std::int64_t reach) const {
    const auto first = std::partition_point(rows_.begin(), rows_.end(),
                                            [&](const box_row& other) { return other.row < row - reach; });
    const auto last = std::partition_point(first, rows_.end(),
                                           [&](const box_row& other) { return other.row <= row + reach; });
    return {static_cast<std::size_t>(first - rows_.begin()), static_cast<std::size_t>(last - rows_.begin())};
}

TOPOPRUNE_DEFINE std::pair<std::size_t, std::size_t>
plane_boxes::near_boxes(const box_row& row, std::int64_t column, std::int64_t reach) const {
    const auto end = places_.begin() + static_cast<std::ptrdiff_t>(row.end);
    const auto first = std::lower_bound(places_.begin() + static_cast<std::ptrdiff_t>(row.begin), end,
                                        box_place{row.row, column - reach});
    const auto last = std::upper_bound(first, end, box_place{row.row, column + reach});
    return {static_cast<std::size_t>(first - places_.begin()),
            static_cast<std::size_t>(last - places_.begin())};
}

} // namespace topoprune::detail
