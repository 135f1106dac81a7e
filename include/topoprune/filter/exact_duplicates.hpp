// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "duplicates_across_labels.hpp"
#include "filter.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace topoprune {

/// Keeps one of the samples whose features are equal, bit for bit but for the sign of zero. O(n log n)
/// comparisons of rows. Memory: 12 bytes a sample.
struct exact_duplicates {
    static constexpr std::string_view name = "exact duplicates";

    /// Of equal samples the one with the highest number is kept, ties by least row number: n numbers, or
    /// empty for the least row number.
    std::vector<double> preference{};
    /// The note counts such duplicates, whatever is done with them.
    duplicates_across_labels across_labels = duplicates_across_labels::keep_all;

    TOPOPRUNE_DECLARE [[nodiscard]] filter_result apply(const dataset& data, const execution&) const;

    /// The flags of `apply`, and those of samples that have a duplicate under another label.
    struct verdict {
        std::vector<std::uint8_t> passes, conflicting;
    };
    TOPOPRUNE_DECLARE [[nodiscard]] verdict judge(const dataset& data, std::string_view function) const;
};

static_assert(Filter<exact_duplicates>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "exact_duplicates.ipp"
#endif
