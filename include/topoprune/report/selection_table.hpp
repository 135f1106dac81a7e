// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../io/csv_writer.hpp"
#include "../pipeline/explained_subset.hpp"

#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace topoprune {

/// Writes one line per sample, in the order of the input, with what became of it in every subset:
///     index,label,filtered_by
/// and for each subset, with its name behind an underscore where there are several,
///     reason,stratum,rank,kept
/// label is empty without labels; filtered_by is the name of the first filter that dropped the sample, or
/// empty; reason as in reason_name; stratum within the class, -1 where the sample was not to be drawn; rank
/// the place in the order in which its class was drawn, from 0, -1 if it was not drawn; kept 0 or 1.
inline void write_selection_table(std::ostream& out, std::span<const explained_subset> subsets,
                                  std::span<const std::string> names, std::span<const std::int64_t> labels,
                                  std::span<const std::string> filters,
                                  std::span<const std::int32_t> dropped_by) {
    require(names.size() == subsets.size(), "write_selection_table", "the number of names", names.size(),
            "the number of subsets,", subsets.size());
    csv_writer table(out);
    std::vector<std::string> cells{"index", "label", "filtered_by"};
    for (const std::string& name : names)
        for (const char* column : {"reason", "stratum", "rank", "kept"})
            cells.push_back(names.size() == 1 ? column : column + ("_" + name));
    table.row_of(cells);
    for (std::size_t i = 0; i < dropped_by.size(); ++i) {
        const std::int32_t filter = dropped_by[i];
        cells = {std::to_string(i), labels.empty() ? "" : std::to_string(labels[i]),
                 filter < 0 ? "" : filters[static_cast<std::size_t>(filter)]};
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
