// SPDX-License-Identifier: MIT
#pragma once

#include "dataset_score.hpp"
#include "detail/output_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace topoprune {

/// Temporal dual-depth scoring (Zhang et al. 2024): how unsteadily the outputs of a sample change. With
///     change_t = sum_c |p_t(c) log(p_t(c) / p_{t-1}(c))|,   probabilities below 1e-8 taken as 1e-8,
/// a window of `window` epochs holds window - 1 changes and is worth |changes - their mean|_2; the score is
///     sum over windows of decay (1 - decay)^(windows after it) * worth.
/// High: valuable (kept first by its authors). 0 where there are fewer epochs than a window.
/// O(T n (c + window)).
struct tdds {
    static constexpr high_end high = high_end::valuable;

    /// Epochs of a window, >= 2. The authors' setting for CIFAR: 10.
    int window = 10;
    /// Weight of the newest window against the older ones, in (0, 1].
    double decay = 0.9;

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const {
        require(window >= 2, "tdds", "window", window, "at least 2");
        require(decay > 0 && decay <= 1, "tdds", "decay", decay, "above 0 and at most 1");
        return detail::column_of_outputs(data, "tdds", output_unit::probabilities, 0, where,
                                         [&](const detail::output_table& table) { return of_sample(table); });
    }

private:
    [[nodiscard]] double of_sample(const detail::output_table& table) const {
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

    [[nodiscard]] static double change(const detail::output_table& table, std::int64_t t) {
        const auto now = table.epoch(t), before = table.epoch(t - 1);
        double sum = 0;
        for (std::size_t c = 0; c < now.size(); ++c) {
            const double p = std::max(now[c], 1e-8), q = std::max(before[c], 1e-8);
            sum += std::abs(p * std::log(p / q));
        }
        return sum;
    }
};

static_assert(DatasetScore<tdds>);

} // namespace topoprune
