// SPDX-License-Identifier: MIT
#pragma once

#include "dataset_score.hpp"
#include "detail/output_tables.hpp"

#include <algorithm>

namespace topoprune {

/// How often a sample was learned and lost again (Toneva et al. 2019):
///     score_i = number of epochs t with sample i classified right in t - 1 and wrong in t.
/// High: hard. Right means that the first of the largest outputs is the label's. O(T n c).
struct forgetting {
    static constexpr high_end high = high_end::hard;

    /// A sample that was never right has no event to count. Toneva et al. place it above all others: here it
    /// counts as many events as there are epochs. False: it counts 0, as if it had been easy.
    bool never_learned_is_hardest = true;

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const {
        return detail::column_of_outputs(
            data, "forgetting", output_unit::probabilities, 0, where, [&](const detail::output_table& table) {
                std::int64_t events = 0;
                bool was_right = false, ever_right = false;
                for (std::int64_t t = 0; t < table.epochs; ++t) {
                    const auto p = table.epoch(t);
                    const bool right = std::max_element(p.begin(), p.end()) - p.begin() ==
                                       static_cast<std::ptrdiff_t>(table.label);
                    events += was_right && !right;
                    ever_right = ever_right || right;
                    was_right = right;
                }
                return static_cast<double>(ever_right || !never_learned_is_hardest ? events : table.epochs);
            });
    }
};

static_assert(DatasetScore<forgetting>);

} // namespace topoprune
