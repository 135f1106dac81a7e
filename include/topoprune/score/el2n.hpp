// SPDX-License-Identifier: MIT
#pragma once

#include "dataset_score.hpp"
#include "detail/output_tables.hpp"

#include <cmath>

namespace topoprune {

/// The error vector's length (Paul, Ganguli, Dziugaite 2021, EL2N), mean over epochs:
///     score_i = mean_t |p_t(i) - e_y|_2,   in [0, sqrt 2].
/// High: hard. From logits alone, of that one state of the classifier. O(T n c).
struct el2n {
    static constexpr high_end high = high_end::hard;

    /// The mean is over this many first epochs, 0 = all: late in training a network fits every sample.
    int first_epochs = 10;

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const {
        return detail::column_of_outputs(data, "el2n", output_unit::probabilities, first_epochs, where,
                                         [](const detail::output_table& table) {
                                             double sum = 0;
                                             for (std::int64_t t = 0; t < table.epochs; ++t) {
                                                 const auto p = table.epoch(t);
                                                 double square = 0;
                                                 for (std::size_t j = 0; j < p.size(); ++j) {
                                                     const double error =
                                                         p[j] - (j == table.label ? 1.0 : 0.0);
                                                     square += error * error;
                                                 }
                                                 sum += std::sqrt(square);
                                             }
                                             return sum / static_cast<double>(table.epochs);
                                         });
    }
};

static_assert(DatasetScore<el2n>);

} // namespace topoprune
