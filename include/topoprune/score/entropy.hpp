// SPDX-License-Identifier: MIT
#pragma once

#include "dataset_score.hpp"
#include "detail/output_tables.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

/// How undecided the classifier is, whatever the label (Coleman et al. 2020):
///     score_i = -sum_c p_c log p_c of the last epoch,   in [0, log c].
/// High: hard. O(n c).
struct entropy {
    static constexpr high_end high = high_end::hard;

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const {
        return detail::column_of_outputs(data, "entropy", output_unit::probabilities, 0, where,
                                         [](const detail::output_table& table) {
                                             double sum = 0;
                                             for (const double p : table.epoch(table.epochs - 1))
                                                 sum -= p > 0 ? p * std::log(p) : 0.0;
                                             return std::max(0.0, sum);
                                         });
    }
};

static_assert(DatasetScore<entropy>);

} // namespace topoprune
