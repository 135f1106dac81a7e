// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "filter.hpp"

#include <vector>

namespace topoprune {

/// Keeps one of the samples whose features are equal, bit for bit but for the sign of zero. O(n log n)
/// comparisons of rows. Memory: 12 bytes a sample.
struct exact_duplicates {
    static constexpr std::string_view name = "exact duplicates";

    /// Of equal samples the one with the highest number is kept, ties by least row number: n numbers, or
    /// empty for the least row number.
    std::vector<double> preference{};
    /// True: samples of different labels are no duplicates of each other, and one of each label is kept.
    bool of_same_label = true;

    TOPOPRUNE_DECLARE [[nodiscard]] filter_result apply(const dataset& data, const execution&) const;
};

static_assert(Filter<exact_duplicates>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "exact_duplicates.ipp"
#endif
