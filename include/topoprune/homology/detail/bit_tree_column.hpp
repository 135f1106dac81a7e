// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// A column of a matrix over Z/2 while it is being reduced: a set of rows with "add a row" and "largest row",
/// each O(log_64 rows) (Bauer, Kerber, Reininghaus, Wagner 2017, PHAT: bit-tree pivot column). A tree of
/// 64-bit words: the leaves hold one bit a row, every word above says which words below are not zero.
class bit_tree_column {
public:
    explicit bit_tree_column(std::size_t rows) {
        do {
            rows = (rows + 63) / 64;
            levels_.emplace_back(rows, 0);
        } while (rows > 1);
    }

    /// Adds 1 to the row over Z/2: puts it in, or takes it out.
    void add(std::int32_t row) {
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

    template <class Rows>
    void add_all(const Rows& rows) {
        for (const std::int32_t row : rows)
            add(row);
    }

    /// The largest row, or -1 for the zero column.
    [[nodiscard]] std::int32_t pivot() const {
        if (levels_.back().empty() || levels_.back()[0] == 0)
            return -1;
        std::size_t at = 0;
        for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
            at = 64 * at + static_cast<std::size_t>(std::bit_width((*level)[at]) - 1);
        return static_cast<std::int32_t>(at);
    }

    /// Takes all rows out, the largest first.
    [[nodiscard]] std::vector<std::int32_t> take() {
        std::vector<std::int32_t> rows;
        for (std::int32_t row = pivot(); row >= 0; row = pivot()) {
            rows.push_back(row);
            add(row);
        }
        return rows;
    }

private:
    std::vector<std::vector<std::uint64_t>> levels_; // the leaves first
};

} // namespace topoprune::detail
