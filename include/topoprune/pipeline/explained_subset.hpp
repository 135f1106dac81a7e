// SPDX-License-Identifier: MIT
#pragma once

#include "../select/subset.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace topoprune {

/// One of the subsets, and for each of the n samples its part in it.
struct explained_subset {
    subset chosen;
    /// The stratum within its class, -1 where it was not to be drawn or the selector has none for it.
    std::vector<std::int32_t> stratum;
    /// Place in the order in which its class was drawn, from 0; -1 if it was not drawn. Of a nested subset
    /// the samples of the smaller come first.
    std::vector<std::int64_t> rank;
};

/// Whether a filter dropped sample i at the budget of this subset, whatever became of it then: it was left
/// out, filled a short class, was required or excluded. `dropped_by`: that of a selection_report.
[[nodiscard]] inline bool was_filtered(const explained_subset& one, std::span<const std::int32_t> dropped_by,
                                       std::size_t i) {
    const sample_reason reason = one.chosen.reasons[i];
    return (i < dropped_by.size() && dropped_by[i] >= 0) || reason == sample_reason::misclassified ||
           reason == sample_reason::filtered || reason == sample_reason::filled;
}

/// The answer to a selection_request.
struct selection_report {
    /// In the order of `keep`.
    std::vector<explained_subset> subsets;
    /// The filters that were at work, and the place among them of the first that dropped each sample; -1
    /// where none did.
    std::vector<std::string> filters;
    std::vector<std::int32_t> dropped_by;
    std::vector<std::string> notes;
};

} // namespace topoprune
