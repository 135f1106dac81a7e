// SPDX-License-Identifier: MIT
#pragma once

#include "ascending_order.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The different codensities of n vertices in ascending order, a row for each. O(n) time, 4 bytes a vertex.
struct codensity_rows {
    std::vector<std::int32_t> of_vertex;
    std::int32_t count = 0;

    explicit codensity_rows(std::span<const double> codensity) : of_vertex(codensity.size()) {
        const std::vector<std::int32_t> order = ascending_order(codensity);
        for (std::size_t i = 0; i < order.size(); ++i) {
            const auto v = static_cast<std::size_t>(order[i]);
            if (i == 0 || codensity[static_cast<std::size_t>(order[i - 1])] != codensity[v])
                ++count;
            of_vertex[v] = count - 1;
        }
    }
};

/// The numbers 0 .. count - 1 by the row of each, row_of(number) in 0 .. rows - 1; those of a row ascend.
/// Rows are known and dense, so that they are counted, not sorted as the labels of a class_partition are.
/// O(count + rows) time, 4 bytes a number and a row.
class by_row {
public:
    template <class RowOf>
    by_row(std::int32_t rows, std::size_t count, RowOf row_of)
        : begin_(static_cast<std::size_t>(rows) + 1, 0), numbers_(count) {
        for (std::size_t i = 0; i < count; ++i)
            ++begin_[static_cast<std::size_t>(row_of(i))];
        std::int32_t end = 0;
        for (std::int32_t& size : begin_)
            size = end += size; // for now the end of the row
        for (std::size_t i = count; i-- > 0;)
            numbers_[static_cast<std::size_t>(--begin_[static_cast<std::size_t>(row_of(i))])] =
                static_cast<std::int32_t>(i);
    }
    [[nodiscard]] std::span<const std::int32_t> operator[](std::int32_t row) const {
        const auto at = static_cast<std::size_t>(row);
        return std::span(numbers_).subspan(static_cast<std::size_t>(begin_[at]),
                                           static_cast<std::size_t>(begin_[at + 1] - begin_[at]));
    }

private:
    std::vector<std::int32_t> begin_;
    std::vector<std::int32_t> numbers_;
};

} // namespace topoprune::detail
