// SPDX-License-Identifier: MIT
#pragma once

#include "../io/csv_writer.hpp"
#include "../pipeline/pruning.hpp"

#include <cmath>
#include <ostream>
#include <span>

namespace topoprune {

/// Writes one line per sample of the input, in its order, with the columns
///     index,label,reason,persistence,density,score,stratum,kept
/// and, if the persistence was estimated from several measurements, persistence_error, its standard error.
/// reason as in reason_name; kept 0 or 1. The numbers of samples that the filter dropped are empty, and their
/// stratum is -1. Numbers read back as the same bits.
inline void write_scores_table(std::ostream& out, const pruning& result,
                               std::span<const std::int64_t> labels) {
    csv_writer table(out);
    const bool has_error = !result.persistence_error.empty();
    const auto row_with = [&](const auto& error, const auto&... cells) {
        if (has_error)
            table.row(cells..., error);
        else
            table.row(cells...);
    };
    row_with("persistence_error", "index", "label", "reason", "persistence", "density", "score", "stratum",
             "kept");
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const sample_reason reason = result.chosen().reasons[i];
        const int kept = reason == sample_reason::kept || reason == sample_reason::filled;
        if (result.stratum()[i] < 0)
            row_with("", i, labels[i], reason_name(reason), "", "", "", -1, kept);
        else
            row_with(has_error ? result.persistence_error[i] : 0.0, i, labels[i], reason_name(reason),
                     result.persistence[i], result.density[i], result.score[i], result.stratum()[i], kept);
    }
}

} // namespace topoprune
