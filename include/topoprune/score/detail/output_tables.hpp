// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/dataset.hpp"
#include "../../core/execution.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// What the scores from a classifier's outputs share: for each sample a small table of probabilities.
namespace topoprune::detail {

/// p_j = exp(g_j - max g) / sum.
TOPOPRUNE_DECLARE void softmax(std::span<double> row);

/// The training dynamics of a dataset; its logits as a training of one epoch if there are none.
TOPOPRUNE_DECLARE [[nodiscard]] training_dynamics outputs_of(const dataset& data, std::string_view function);

/// Throws std::invalid_argument if the dataset has fewer epochs of outputs than a score needs to tell one
/// sample from another.
TOPOPRUNE_DECLARE void require_epochs(const dataset& data, std::string_view function, std::int64_t least);

/// The outputs of one sample: epochs x classes, row-major.
struct output_table {
    std::span<const double> values;
    std::int64_t epochs = 0;
    std::int64_t classes = 0;
    std::size_t label = 0;

    [[nodiscard]] std::span<const double> epoch(std::int64_t t) const {
        return values.subspan(static_cast<std::size_t>(t * classes), static_cast<std::size_t>(classes));
    }
};

/// The largest of a row but for one column; the row has two or more.
TOPOPRUNE_DECLARE [[nodiscard]] double largest_other(std::span<const double> row, std::size_t without);

/// The column whose entry i is score(table of sample i), the outputs in the unit asked for. first_epochs: 0 =
/// all. O(T n c), a table of T c numbers a thread.
template <class Score>
[[nodiscard]] std::vector<double> column_of_outputs(const dataset& data, std::string_view function,
                                                    output_unit unit, std::int64_t first_epochs,
                                                    const execution& where, Score score) {
    const training_dynamics outputs = outputs_of(data, function);
    require(first_epochs >= 0, function, "the number of first epochs", first_epochs, "at least 0");
    require(unit == outputs.unit || unit == output_unit::probabilities, function,
            "the unit of the classifier's output", "probabilities", "logits");
    const std::int64_t epochs = first_epochs == 0 ? outputs.epochs : std::min(first_epochs, outputs.epochs);
    std::vector<double> column(data.labels.size());
    where.parallel_ranges(std::ssize(column), 1024, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        std::vector<double> values(static_cast<std::size_t>(epochs * outputs.classes));
        for (std::int64_t i = begin; i < end; ++i) {
            for (std::int64_t t = 0; t < epochs; ++t) {
                const auto row = outputs.at(t, i);
                const auto to =
                    std::span(values).subspan(static_cast<std::size_t>(t * outputs.classes), row.size());
                std::copy(row.begin(), row.end(), to.begin());
                if (unit != outputs.unit)
                    softmax(to);
            }
            const auto at = static_cast<std::size_t>(i);
            column[at] = score(
                output_table{values, epochs, outputs.classes, static_cast<std::size_t>(data.labels[at])});
        }
    });
    return column;
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "output_tables.ipp"
#endif
