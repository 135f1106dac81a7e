// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "chooser_lists.hpp"
#include "pair_table.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Samples that are moved at once, one in each lane of a vector.
inline constexpr std::int64_t pair_lanes = 16;

/// An order of the samples in which those with equally many pairs stand together: place p holds sample
/// sample_at[p]. The places are filled up to a whole number of groups of pair_lanes.
struct pair_order {
    std::vector<std::int32_t> place_of;  // n
    std::vector<std::int32_t> sample_at; // places; -1 = nobody

    pair_order() = default;

    /// By the number of near pairs, then of further pairs: by those of who chose a sample, as all choose
    /// equally many.
    pair_order(const chooser_lists& near, const chooser_lists& further, std::int64_t samples)
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

    [[nodiscard]] std::int64_t samples() const { return static_cast<std::int64_t>(place_of.size()); }
    [[nodiscard]] std::int64_t groups() const {
        return static_cast<std::int64_t>(sample_at.size()) / pair_lanes;
    }
};

/// The pairs of one kind, seen from both of their ends: a pair that sample i has chosen stands in the list of
/// i and in that of its partner. So each sample can sum the forces on it alone, without writing to another,
/// and in an order that no number of threads changes; every force is computed twice for it.
///
/// The lists of a group of pair_lanes places lie side by side: step s of a group names the s-th partner of
/// each, by place. A list that is shorter than its group's longest goes on with the place itself, on which
/// nothing acts from there.
///
/// 8 bytes a pair, padding not counted.
class pair_columns {
public:
    pair_columns() = default;

    pair_columns(const pair_table& pairs, const chooser_lists& choosers, const pair_order& order,
                 const execution& where)
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

    /// steps x pair_lanes places.
    [[nodiscard]] std::span<const std::int32_t> of_group(std::int64_t group) const {
        const auto begin = static_cast<std::size_t>(begins_[static_cast<std::size_t>(group)]);
        return std::span(partners_).subspan(
            begin, static_cast<std::size_t>(begins_[static_cast<std::size_t>(group) + 1]) - begin);
    }

private:
    std::vector<std::int64_t> begins_{0};
    std::vector<std::int32_t> partners_;
};

} // namespace topoprune::detail
