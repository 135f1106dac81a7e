// SPDX-License-Identifier: MIT
#pragma once

#include "class_rank_correlation.hpp"

#include "../persistence/rank_correlation.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::optional<double>> class_rank_correlations(std::span<const double> a,
                                                                            std::span<const double> b,
                                                                            const class_partition& classes) {
    for (const auto& column : {a, b})
        require(std::ssize(column) == classes.samples(), "class_rank_correlations", "the size of a column",
                column.size(), "the number of samples,", classes.samples());
    std::vector<std::optional<double>> result;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        std::vector<double> of_a, of_b;
        for (const std::int64_t i : classes.members(c)) {
            const auto at = static_cast<std::size_t>(i);
            if (std::isfinite(a[at]) && std::isfinite(b[at])) {
                of_a.push_back(a[at]);
                of_b.push_back(b[at]);
            }
        }
        const double correlation = of_a.size() < 2 ? std::nan("") : rank_correlation(of_a, of_b);
        result.push_back(std::isnan(correlation) ? std::nullopt : std::optional(correlation));
    }
    return result;
}

} // namespace topoprune
