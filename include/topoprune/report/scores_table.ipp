// SPDX-License-Identifier: MIT
#pragma once

#include "scores_table.hpp"

#include "../io/csv_writer.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE void write_scores_table(std::ostream& out, const pruning& result,
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
