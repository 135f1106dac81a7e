// SPDX-License-Identifier: MIT
#pragma once

#include "dataset_score.hpp"
#include "detail/output_tables.hpp"

namespace topoprune {

/// How much more probable the label is than the best other class, in the last epoch:
///     score_i = p(y) - max_{c != y} p(c),   in [-1, 1]; below 0 exactly if the sample is misclassified.
/// High: easy. Needs two classes. O(n c).
struct margin {
    static constexpr high_end high = high_end::easy;

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const {
        return detail::column_of_outputs(
            data, "margin", output_unit::probabilities, 0, where, [](const detail::output_table& table) {
                require(table.classes >= 2, "margin", "the number of classes", table.classes, "at least 2");
                const auto p = table.epoch(table.epochs - 1);
                return p[table.label] - detail::largest_other(p, table.label);
            });
    }
};

static_assert(DatasetScore<margin>);

} // namespace topoprune
