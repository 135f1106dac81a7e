// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "dataset_score.hpp"
#include "detail/output_tables.hpp"

#include <vector>

namespace topoprune {

/// Difficulty and uncertainty together (Cho et al. 2025, DUAL): over all windows of `window` epochs,
///     score_i = mean over windows of sd(p_t(y)) (1 - mean(p_t(y))),
/// sd with the divisor window - 1. High: valuable. Fewer epochs than a window count as one window; a single
/// epoch, of which all scores would be 0, is refused. O(T n (c + window)).
struct dual {
    static constexpr high_end high = high_end::valuable;

    /// Epochs of a window, >= 2.
    int window = 10;
    /// Only this many first epochs are looked at, 0 = all: the score is made early in training. Not 1.
    int first_epochs = 30;

    [[nodiscard]] std::vector<double> column(const dataset& data, const execution& where) const {
        require(window >= 2, "dual", "window", window, "at least 2");
        require(first_epochs != 1, "dual", "first_epochs", first_epochs, "0 or at least 2");
        detail::require_epochs(data, "dual", 2);
        return detail::column_of_outputs(data, "dual", output_unit::probabilities, first_epochs, where,
                                         [&](const detail::output_table& table) { return of_sample(table); });
    }

private:
    TOPOPRUNE_DECLARE [[nodiscard]] double of_sample(const detail::output_table& table) const;
};

static_assert(DatasetScore<dual>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "dual.ipp"
#endif
