// SPDX-License-Identifier: MIT
#pragma once

#include "grade_grid.hpp"

#include "../core/checks.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<double> sorted_coordinates(std::span<const signed_measure> measures, int axis) {
    std::vector<double> values;
    for (const signed_measure& measure : measures)
        for (const atom& a : measure)
            values.push_back(axis == 0 ? a.r : a.f);
    std::sort(values.begin(), values.end());
    return values;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE grade_grid exact_grid(std::span<const signed_measure> measures) {
    grade_grid grid{detail::sorted_coordinates(measures, 0), detail::sorted_coordinates(measures, 1)};
    detail::drop_repetitions(grid.r);
    detail::drop_repetitions(grid.f);
    return grid;
}

TOPOPRUNE_DEFINE grade_grid regular_grid(std::span<const signed_measure> measures, std::int64_t steps) {
    require(steps >= 2, "regular_grid", "steps", steps, "at least 2");
    const auto spaced = [steps](const std::vector<double>& values) {
        std::vector<double> result;
        if (values.empty())
            return result;
        for (std::int64_t i = 0; i < steps; ++i) {
            const double t = static_cast<double>(i) / static_cast<double>(steps - 1);
            result.push_back((1 - t) * values.front() + t * values.back());
        }
        result.front() = values.front();
        result.back() = values.back();
        std::sort(result.begin(), result.end()); // rounding may disorder values that differ by last bits
        detail::drop_repetitions(result);
        return result;
    };
    return {spaced(detail::sorted_coordinates(measures, 0)), spaced(detail::sorted_coordinates(measures, 1))};
}

TOPOPRUNE_DEFINE grade_grid quantile_grid(std::span<const signed_measure> measures, std::int64_t steps) {
    require(steps >= 2, "quantile_grid", "steps", steps, "at least 2");
    const auto quantiles = [steps](const std::vector<double>& values) {
        std::vector<double> result;
        for (std::int64_t i = 0; i < steps && !values.empty(); ++i) {
            const double place = static_cast<double>(i) / static_cast<double>(steps - 1);
            result.push_back(values[static_cast<std::size_t>(
                std::llround(place * static_cast<double>(values.size() - 1)))]);
        }
        detail::drop_repetitions(result);
        return result;
    };
    return {quantiles(detail::sorted_coordinates(measures, 0)),
            quantiles(detail::sorted_coordinates(measures, 1))};
}

TOPOPRUNE_DEFINE void require_grid(const grade_grid& grid, std::string_view function) {
    for (const std::vector<double>* axis : {&grid.r, &grid.f})
        for (std::size_t i = 0; i < axis->size(); ++i) {
            const double value = (*axis)[i];
            require(std::isfinite(value), function, "a value of the grid", value, "finite");
            require(i == 0 || (*axis)[i - 1] < value, function, "a value of the grid", value,
                    "above the one before it");
        }
}

} // namespace topoprune
