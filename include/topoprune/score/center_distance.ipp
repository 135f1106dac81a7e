// SPDX-License-Identifier: MIT
#pragma once

#include "center_distance.hpp"

#include "../core/class_partition.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> center_distance::column(const dataset& data,
                                                             const execution& where) const {
    require(data.labels.empty() || std::ssize(data.labels) == data.samples(), "center_distance",
            "the number of labels", data.labels.size(), "0 or the number of samples,", data.samples());
    require_features(data, "center_distance");
    const class_partition classes =
        data.labels.empty()
            ? class_partition(std::vector<std::int64_t>(static_cast<std::size_t>(data.samples()), 0))
            : class_partition(data.labels);
    std::vector<double> column(static_cast<std::size_t>(data.samples()));
    where.parallel_for(classes.count(), [&](std::int64_t c) {
        where.check_interruption();
        const auto members = classes.members(c);
        std::vector<double> at_center;
        for (std::int64_t k = 0; k < data.features.columns(); ++k)
            at_center.push_back(center_of(data.features, members, k));
        for (const std::int64_t i : members) {
            double square = 0;
            for (std::int64_t k = 0; k < data.features.columns(); ++k) {
                const double d =
                    static_cast<double>(data.features(i, k)) - at_center[static_cast<std::size_t>(k)];
                square += d * d;
            }
            column[static_cast<std::size_t>(i)] = std::sqrt(square);
        }
    });
    return column;
}

TOPOPRUNE_DEFINE double center_distance::center_of(matrix_view<const float> features,
                                                   std::span<const std::int64_t> members,
                                                   std::int64_t k) const {
    if (center == class_center::mean) {
        double sum = 0;
        for (const std::int64_t i : members)
            sum += static_cast<double>(features(i, k));
        return sum / static_cast<double>(members.size());
    }
    std::vector<float> values;
    values.reserve(members.size());
    for (const std::int64_t i : members)
        values.push_back(features(i, k));
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return static_cast<double>(*middle);
    return 0.5 *
           (static_cast<double>(*middle) + static_cast<double>(*std::max_element(values.begin(), middle)));
}

} // namespace topoprune
