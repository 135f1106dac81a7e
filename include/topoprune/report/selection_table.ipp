// SPDX-License-Identifier: MIT
#pragma once

#include "selection_table.hpp"

#include "../core/checks.hpp"
#include "../io/csv_writer.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE void write_selection_table(std::ostream& out, std::span<const explained_subset> subsets,
                                            std::span<const std::string> subset_names,
                                            std::span<const std::int64_t> labels,
                                            std::span<const std::string> filters,
                                            std::span<const std::int32_t> dropped_by,
                                            const class_names& names, std::span<const std::string> ids) {
    require(subset_names.size() == subsets.size(), "write_selection_table", "the number of names",
            subset_names.size(), "the number of subsets,", subsets.size());
    require(ids.empty() || ids.size() == dropped_by.size(), "write_selection_table", "the number of ids",
            ids.size(), "the number of samples,", dropped_by.size());
    csv_writer table(out);
    std::vector<std::string> cells{"index", "label", "filtered_by"};
    for (const std::string& name : subset_names)
        for (const char* column : {"reason", "stratum", "rank", "kept"})
            cells.push_back(subset_names.size() == 1 ? column : column + ("_" + name));
    if (!ids.empty())
        cells.insert(cells.begin() + 1, "id");
    table.row_of(cells);
    for (std::size_t i = 0; i < dropped_by.size(); ++i) {
        const std::int32_t filter = dropped_by[i];
        cells = {std::to_string(i), labels.empty() ? "" : names.of(labels[i]),
                 filter < 0 ? "" : filters[static_cast<std::size_t>(filter)]};
        if (!ids.empty())
            cells.insert(cells.begin() + 1, ids[i]);
        for (const explained_subset& one : subsets) {
            const sample_reason reason = one.chosen.reasons[i];
            cells.emplace_back(reason_name(reason));
            cells.push_back(std::to_string(one.stratum[i]));
            cells.push_back(std::to_string(one.rank[i]));
            cells.emplace_back(is_kept(reason) ? "1" : "0");
        }
        table.row_of(cells);
    }
}

} // namespace topoprune
