// SPDX-License-Identifier: MIT
#pragma once

#include "exact_duplicates.hpp"

#include "../core/detail/equal_rows.hpp"
#include "../core/matrix.hpp"
#include "detail/preferred_order.hpp"

#include <limits>
#include <set>

namespace topoprune {

TOPOPRUNE_DEFINE filter_result exact_duplicates::apply(const dataset& data, const execution&) const {
    const std::int64_t n = data.samples();
    require(n < std::numeric_limits<std::int32_t>::max(), "exact_duplicates", "the number of samples", n,
            "less than 2^31");
    require_features(data, "exact_duplicates");
    const detail::equal_rows<float, std::int32_t> groups(data.features);
    std::vector<std::size_t> group_of(static_cast<std::size_t>(n));
    for (std::size_t g = 0; g < groups.count(); ++g)
        for (const std::int32_t i : groups.members(g))
            group_of[static_cast<std::size_t>(i)] = g;
    filter_result result{std::vector<std::uint8_t>(static_cast<std::size_t>(n), 0),
                         "of samples with equal features one was kept"};
    std::set<std::pair<std::size_t, std::int64_t>> seen;
    for (const std::int32_t i : detail::preferred_order(n, preference, "exact_duplicates")) {
        const auto at = static_cast<std::size_t>(i);
        const std::int64_t label = of_same_label && !data.labels.empty() ? data.labels[at] : 0;
        result.passes[at] = seen.emplace(group_of[at], label).second;
    }
    return result;
}

} // namespace topoprune
