// SPDX-License-Identifier: MIT
#pragma once

#include "tdds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> tdds::column(const dataset& data, const execution& where) const {
    require(window >= 3, "tdds", "window", window, "at least 3");
    require(decay > 0 && decay <= 1, "tdds", "decay", decay, "above 0 and at most 1");
    detail::require_epochs(data, "tdds", window);
    return detail::column_of_outputs(data, "tdds", output_unit::probabilities, 0, where,
                                     [&](const detail::output_table& table) { return of_sample(table); });
}

TOPOPRUNE_DEFINE double tdds::of_sample(const detail::output_table& table) const {
    const auto changes = std::int64_t{window} - 1;
    double score = 0;
    std::vector<double> change_at;
    for (std::int64_t t = 1; t < table.epochs; ++t)
        change_at.push_back(change(table, t));
    for (auto first = change_at.cbegin(); change_at.cend() - first >= changes; ++first) {
        const double mean = std::accumulate(first, first + changes, 0.0) / static_cast<double>(changes);
        double squares = 0;
        for (auto at = first; at != first + changes; ++at)
            squares += (*at - mean) * (*at - mean);
        score = (1 - decay) * score + decay * std::sqrt(squares);
    }
    return score;
}

TOPOPRUNE_DEFINE double tdds::change(const detail::output_table& table, std::int64_t t) {
    const auto now = table.epoch(t), before = table.epoch(t - 1);
    double sum = 0;
    for (std::size_t c = 0; c < now.size(); ++c) {
        const double p = std::max(now[c], 1e-8), q = std::max(before[c], 1e-8);
        sum += std::abs(p * std::log(p / q));
    }
    return sum;
}

} // namespace topoprune
