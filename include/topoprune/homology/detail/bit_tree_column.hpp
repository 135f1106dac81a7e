// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// A column of a matrix over Z/2 while it is being reduced: a set of rows with "add a row" and "largest row",
/// each O(log_64 rows) (Bauer, Kerber, Reininghaus, Wagner 2017, PHAT: bit-tree pivot column). A tree of
/// 64-bit words: the leaves hold one bit a row, every word above says which words below are not zero.
class bit_tree_column {
public:
    TOPOPRUNE_DECLARE explicit bit_tree_column(std::size_t rows);

    /// Adds 1 to the row over Z/2: puts it in, or takes it out.
    TOPOPRUNE_DECLARE void add(std::int32_t row);

    template <class Rows>
    void add_all(const Rows& rows) {
        for (const std::int32_t row : rows)
            add(row);
    }

    /// The largest row, or -1 for the zero column.
    TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t pivot() const;

    /// Takes all rows out, the largest first.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int32_t> take();

private:
    std::vector<std::vector<std::uint64_t>> levels_; // the leaves first
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "bit_tree_column.ipp"
#endif
