// SPDX-License-Identifier: MIT
#pragma once

#include "exact_duplicates.hpp"

#include "../core/detail/equal_rows.hpp"
#include "../core/matrix.hpp"
#include "detail/preferred_order.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <utility>

namespace topoprune {

TOPOPRUNE_DEFINE exact_duplicates::verdict exact_duplicates::judge(const dataset& data,
                                                                   std::string_view function) const {
    const std::int64_t n = data.samples();
    require(n < std::numeric_limits<std::int32_t>::max(), function, "the number of samples", n,
            "less than 2^31");
    require_features(data, function);
    const auto label = [&](std::int32_t i) {
        return data.labels.empty() ? 0 : data.labels[static_cast<std::size_t>(i)];
    };
    const detail::equal_rows<float, std::int32_t> groups(data.features);
    std::vector<std::size_t> group_of(static_cast<std::size_t>(n));
    verdict result{std::vector<std::uint8_t>(static_cast<std::size_t>(n), 0),
                   std::vector<std::uint8_t>(static_cast<std::size_t>(n), 0)};
    for (std::size_t g = 0; g < groups.count(); ++g) {
        const auto members = groups.members(g);
        const bool conflicts = std::any_of(members.begin(), members.end(), [&](std::int32_t i) {
            return label(i) != label(members.front());
        });
        for (const std::int32_t i : members) {
            group_of[static_cast<std::size_t>(i)] = g;
            result.conflicting[static_cast<std::size_t>(i)] = conflicts;
        }
    }
    std::set<std::pair<std::size_t, std::int64_t>> seen;
    for (const std::int32_t i : detail::preferred_order(n, preference, function)) {
        const auto at = static_cast<std::size_t>(i);
        if (across_labels == duplicates_across_labels::drop_all && result.conflicting[at] != 0)
            continue;
        const bool by_label = across_labels != duplicates_across_labels::keep_one;
        result.passes[at] = seen.emplace(group_of[at], by_label ? label(i) : 0).second;
    }
    return result;
}

TOPOPRUNE_DEFINE filter_result exact_duplicates::apply(const dataset& data, const execution&) const {
    verdict found = judge(data, "exact_duplicates");
    std::string note =
        detail::note_of_duplicates("with equal features", found.passes, found.conflicting, across_labels);
    return {std::move(found.passes), std::move(note)};
}

} // namespace topoprune
