// SPDX-License-Identifier: MIT
#pragma once

#include "pair_columns.hpp"

#include <algorithm>
#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE pair_order::pair_order(const chooser_lists& near, const chooser_lists& further,
                                        std::int64_t samples)
    : place_of(static_cast<std::size_t>(samples)), sample_at(place_of.size()) {
    std::iota(sample_at.begin(), sample_at.end(), 0);
    std::sort(sample_at.begin(), sample_at.end(), [&](std::int32_t a, std::int32_t b) {
        if (near.count(a) != near.count(b))
            return near.count(a) > near.count(b);
        if (further.count(a) != further.count(b))
            return further.count(a) > further.count(b);
        return a < b;
    });
    for (std::size_t place = 0; place < sample_at.size(); ++place)
        place_of[static_cast<std::size_t>(sample_at[place])] = static_cast<std::int32_t>(place);
    sample_at.resize((sample_at.size() + pair_lanes - 1) / pair_lanes * pair_lanes, -1);
}

TOPOPRUNE_DEFINE pair_columns::pair_columns(const pair_table& pairs, const chooser_lists& choosers,
                                            const pair_order& order, const execution& where)
    : begins_(static_cast<std::size_t>(order.groups()) + 1, 0) {
    for (std::int64_t group = 0; group < order.groups(); ++group) {
        std::int64_t longest = 0;
        for (std::int64_t lane = 0; lane < pair_lanes; ++lane) {
            const std::int32_t i = order.sample_at[static_cast<std::size_t>(group * pair_lanes + lane)];
            if (i >= 0)
                longest = std::max(longest, pairs.count + choosers.count(i));
        }
        begins_[static_cast<std::size_t>(group) + 1] =
            begins_[static_cast<std::size_t>(group)] + longest * pair_lanes;
    }
    partners_.resize(static_cast<std::size_t>(begins_.back()));
    where.parallel_ranges(order.groups(), 32, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t place = first * pair_lanes; place < last * pair_lanes; ++place) {
            const auto group = static_cast<std::size_t>(place / pair_lanes);
            auto slot = static_cast<std::size_t>(begins_[group] + place % pair_lanes);
            const auto append = [&](std::int32_t partner_place) {
                partners_[slot] = partner_place;
                slot += pair_lanes;
            };
            const std::int32_t i = order.sample_at[static_cast<std::size_t>(place)];
            if (i >= 0) {
                for (const std::int32_t partner : pairs.of(i))
                    append(order.place_of[static_cast<std::size_t>(partner)]);
                for (const std::int32_t chooser : choosers.of(i))
                    append(order.place_of[static_cast<std::size_t>(chooser)]);
            }
            while (slot < static_cast<std::size_t>(begins_[group + 1]))
                append(static_cast<std::int32_t>(place));
        }
    });
}

} // namespace topoprune::detail
