// SPDX-License-Identifier: MIT
#pragma once

#include "normalization.hpp"

#include "../core/checks.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void normalize_by_rank(std::vector<double>& values) {
    const std::vector<double> original = values;
    std::vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return original[a] < original[b]; });
    const double last = std::max<double>(1, static_cast<double>(values.size()) - 1);
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && original[order[end]] == original[order[begin]])
            ++end;
        const double mean_rank = 0.5 * static_cast<double>(begin + end - 1);
        for (std::size_t i = begin; i < end; ++i)
            values[order[i]] = mean_rank / last;
    }
}

TOPOPRUNE_DEFINE void normalize_values(std::vector<double>& values, normalization how) {
    if (values.empty() || how == normalization::none)
        return;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double least = *low;
    const double range = *high - least;
    if (range == 0) {
        std::fill(values.begin(), values.end(), 0.0);
        return;
    }
    if (how == normalization::rank)
        return normalize_by_rank(values);
    double shift = least;
    double scale = range;
    if (how == normalization::z_score) {
        const auto count = static_cast<double>(values.size());
        double sum = 0;
        for (const double value : values)
            sum += value - least;
        shift = least + sum / count;
        double squares = 0;
        for (const double value : values)
            squares += (value - shift) * (value - shift);
        scale = std::sqrt(squares / count);
    }
    for (double& value : values)
        value = (value - shift) / scale;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> normalized_by_class(std::span<const double> column,
                                                         const class_partition& classes, normalization how) {
    require(std::ssize(column) == classes.samples(), "normalized_by_class", "the size of column",
            column.size(), "the number of samples,", classes.samples());
    std::vector<double> result(column.size());
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        const auto members = classes.members(c);
        std::vector<double> values;
        values.reserve(members.size());
        for (const std::int64_t i : members)
            values.push_back(column[static_cast<std::size_t>(i)]);
        detail::normalize_values(values, how);
        for (std::size_t i = 0; i < members.size(); ++i)
            result[static_cast<std::size_t>(members[i])] = values[i];
    }
    return result;
}

} // namespace topoprune
