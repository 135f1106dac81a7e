// SPDX-License-Identifier: MIT
#pragma once

#include "scores_table.hpp"

#include "../core/checks.hpp"
#include "../io/csv_writer.hpp"

#include <string_view>

namespace topoprune {

TOPOPRUNE_DEFINE void write_scores_table(std::ostream& out, const pruning& result,
                                         std::span<const std::int64_t> labels, const class_names& names,
                                         std::span<const std::string> ids) {
    require(ids.empty() || ids.size() == labels.size(), "write_scores_table", "the number of ids", ids.size(),
            "the number of labels,", labels.size());
    csv_writer table(out);
    const bool has_error = !result.persistence_error.empty();
    const auto row_with = [&](const auto& error, const auto& index, const auto& id, const auto&... cells) {
        if (has_error && !ids.empty())
            table.row(index, id, cells..., error);
        else if (has_error)
            table.row(index, cells..., error);
        else if (!ids.empty())
            table.row(index, id, cells...);
        else
            table.row(index, cells...);
    };
    row_with("persistence_error", "index", "id", "label", "reason", "persistence", "density", "score",
             "stratum", "kept");
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::string_view id = ids.empty() ? std::string_view() : std::string_view(ids[i]);
        const std::string label = names.of(labels[i]);
        const sample_reason reason = result.chosen().reasons[i];
        const int kept = is_kept(reason);
        if (!result.is_scored(i))
            row_with("", i, id, label, reason_name(reason), "", "", "", result.stratum()[i], kept);
        else
            row_with(has_error ? result.persistence_error[i] : 0.0, i, id, label, reason_name(reason),
                     result.persistence[i], result.density[i], result.score[i], result.stratum()[i], kept);
    }
}

} // namespace topoprune
