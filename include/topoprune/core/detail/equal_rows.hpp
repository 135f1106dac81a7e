// SPDX-License-Identifier: MIT
#pragma once

#include "../matrix.hpp"

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The rows of a table gathered by value: a group for each different row, in ascending lexicographic order of
/// the rows. So many duplicates need be looked at but once. Index: the type of a row's number.
/// O(n log n) comparisons of rows, sizeof(Index) + 8 bytes a row.
template <class T, std::signed_integral Index>
class equal_rows {
public:
    /// n x d, finite. -0 and 0 are equal.
    explicit equal_rows(matrix_view<const T> rows) : members_(static_cast<std::size_t>(rows.rows())) {
        std::iota(members_.begin(), members_.end(), Index{0});
        const auto compare = [&](Index a, Index b) {
            const auto x = rows.row(a), y = rows.row(b);
            return std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end());
        };
        std::sort(members_.begin(), members_.end(), [&](Index a, Index b) {
            const auto order = compare(a, b);
            return order < 0 || (order == 0 && a < b);
        });
        for (std::size_t c = 0; c < members_.size(); ++c)
            if (c == 0 || compare(members_[c - 1], members_[c]) != 0)
                begins_.push_back(c);
        begins_.push_back(members_.size());
    }

    /// How many different rows there are.
    [[nodiscard]] std::size_t count() const { return begins_.size() - 1; }
    /// The numbers of equal rows, ascending.
    [[nodiscard]] std::span<const Index> members(std::size_t group) const {
        return std::span(members_).subspan(begins_[group], begins_[group + 1] - begins_[group]);
    }
    /// The member that stands for all.
    [[nodiscard]] Index first(std::size_t group) const { return members_[begins_[group]]; }

private:
    std::vector<Index> members_;
    std::vector<std::size_t> begins_;
};

} // namespace topoprune::detail
