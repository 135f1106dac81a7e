// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "chooser_lists.hpp"
#include "pair_table.hpp"

#include <cstddef>
#include <cstdint>
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
    TOPOPRUNE_DECLARE pair_order(const chooser_lists& near, const chooser_lists& further,
                                 std::int64_t samples);

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

    TOPOPRUNE_DECLARE pair_columns(const pair_table& pairs, const chooser_lists& choosers,
                                   const pair_order& order, const execution& where);

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

#if !defined(TOPOPRUNE_COMPILED)
#include "pair_columns.ipp"
#endif
