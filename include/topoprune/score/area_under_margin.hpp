// SPDX-License-Identifier: MIT
#pragma once

#include "dataset_score.hpp"
#include "detail/output_tables.hpp"

namespace topoprune {

/// The area under the margin (Pleiss et al. 2020), as a mean over all epochs:
///     score_i = mean_t (o_t(y) - max_{c != y} o_t(c)).
/// High: easy. Mislabeled samples have the lowest. `of` says what o is: Pleiss et al. take logits, whose
/// margins know no bound; coverage-centric selection (Zheng et al. 2023) takes probabilities, in [-1, 1]. The
/// published code sums instead of averaging, which orders the samples alike. Needs two classes. O(T n c).
struct area_under_margin {
    static constexpr high_end high = high_end::easy;

    output_unit of = output_unit::probabilities;

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const {
        return detail::column_of_outputs(
            data, "area_under_margin", of, 0, where, [](const detail::output_table& table) {
                require(table.classes >= 2, "area_under_margin", "the number of classes", table.classes,
                        "at least 2");
                double sum = 0;
                for (std::int64_t t = 0; t < table.epochs; ++t) {
                    const auto outputs = table.epoch(t);
                    sum += outputs[table.label] - detail::largest_other(outputs, table.label);
                }
                return sum / static_cast<double>(table.epochs);
            });
    }
};

static_assert(DatasetScore<area_under_margin>);

} // namespace topoprune
