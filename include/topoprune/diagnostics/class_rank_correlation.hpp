// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../score/rank_correlation.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace topoprune {

/// Spearman's rank correlation of two columns of scores within every class, in the order of the partition:
/// how far two runs order the samples of a class alike, whatever the scales of their scores. Samples for
/// which one of the columns has no finite number (filtered ones) are left out. Unset where fewer than two are
/// left or a column is constant: there is no order to agree on.
/// Throws std::invalid_argument unless both columns have a number for each sample. O(n log n).
[[nodiscard]] inline std::vector<std::optional<double>>
class_rank_correlations(std::span<const double> a, std::span<const double> b,
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
