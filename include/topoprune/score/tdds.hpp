// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "dataset_score.hpp"
#include "detail/output_tables.hpp"

#include <vector>

namespace topoprune {

/// Temporal dual-depth scoring (Zhang et al. 2024): how unsteadily the outputs of a sample change. With
///     change_t = sum_c |p_t(c) log(p_t(c) / p_{t-1}(c))|,   probabilities below 1e-8 taken as 1e-8,
/// a window of `window` epochs holds window - 1 changes and is worth |changes - their mean|_2; the score is
///     sum over windows of decay (1 - decay)^(windows after it) * worth.
/// High: valuable (kept first by its authors). Fewer epochs than a window are refused: all scores would be 0.
/// O(T n (c + window)).
struct tdds {
    static constexpr high_end high = high_end::valuable;

    /// Epochs of a window, >= 3: one change alone is its own mean. The authors' setting for CIFAR: 10.
    int window = 10;
    /// Weight of the newest window against the older ones, in (0, 1].
    double decay = 0.9;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;

private:
    TOPOPRUNE_DECLARE [[nodiscard]] double of_sample(const detail::output_table& table) const;

    TOPOPRUNE_DECLARE [[nodiscard]] static double change(const detail::output_table& table, std::int64_t t);
};

static_assert(DatasetScore<tdds>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "tdds.ipp"
#endif
