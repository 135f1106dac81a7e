// SPDX-License-Identifier: MIT
#pragma once

#include "bit_tree_column.hpp"

#include <bit>

namespace topoprune::detail {

TOPOPRUNE_DEFINE bit_tree_column::bit_tree_column(std::size_t rows) {
    do {
        rows = (rows + 63) / 64;
        levels_.emplace_back(rows, 0);
    } while (rows > 1);
}

TOPOPRUNE_DEFINE void bit_tree_column::add(std::int32_t row) {
    auto at = static_cast<std::size_t>(row);
    for (std::vector<std::uint64_t>& level : levels_) {
        std::uint64_t& word = level[at / 64];
        const bool was_zero = word == 0;
        word ^= std::uint64_t{1} << (at % 64);
        if (was_zero == (word == 0)) // not from zero to non-zero or back: nothing changes above
            return;
        at /= 64;
    }
}

TOPOPRUNE_DEFINE std::int32_t bit_tree_column::pivot() const {
    if (levels_.back().empty() || levels_.back()[0] == 0)
        return -1;
    std::size_t at = 0;
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
        at = 64 * at + static_cast<std::size_t>(std::bit_width((*level)[at]) - 1);
    return static_cast<std::int32_t>(at);
}

TOPOPRUNE_DEFINE std::vector<std::int32_t> bit_tree_column::take() {
    std::vector<std::int32_t> rows;
    for (std::int32_t row = pivot(); row >= 0; row = pivot()) {
        rows.push_back(row);
        add(row);
    }
    return rows;
}

} // namespace topoprune::detail
