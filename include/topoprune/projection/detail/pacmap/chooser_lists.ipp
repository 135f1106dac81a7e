// SPDX-License-Identifier: MIT
#pragma once

#include "chooser_lists.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE chooser_lists::chooser_lists(const pair_table& pairs, const execution& where)
    : begins_(static_cast<std::size_t>(pairs.samples) + 1, 0), choosers_(pairs.partners.size()) {
    const auto n = static_cast<std::size_t>(pairs.samples);
    // Of part p, the number of times that sample j is chosen; then where its choosers of part p go.
    std::vector<std::int32_t> slots(n * parts, 0);
    // body(i, j, slot of j) for every pair of i and j.
    const auto for_each_pair = [&](const auto& body) {
        where.parallel_for(parts, [&](std::int64_t part) {
            std::int32_t* const of_part = slots.data() + static_cast<std::size_t>(part) * n;
            const std::int64_t end = pairs.samples * (part + 1) / parts;
            for (std::int64_t i = pairs.samples * part / parts; i < end; ++i)
                for (const std::int32_t j : pairs.of(i))
                    body(i, static_cast<std::size_t>(j), of_part[j]);
        });
    };
    for_each_pair([](std::int64_t, std::size_t, std::int32_t& count) { ++count; });
    for (std::size_t j = 0; j < n; ++j) {
        std::int32_t before = 0;
        for (std::size_t part = 0; part < parts; ++part) {
            const std::int32_t count = slots[part * n + j];
            slots[part * n + j] = before;
            before += count;
        }
        begins_[j + 1] = begins_[j] + before;
    }
    for_each_pair([&](std::int64_t i, std::size_t j, std::int32_t& slot) {
        choosers_[static_cast<std::size_t>(begins_[j] + slot++)] = static_cast<std::int32_t>(i);
    });
}

} // namespace topoprune::detail
