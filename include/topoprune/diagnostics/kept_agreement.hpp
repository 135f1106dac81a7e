// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "detail/kept_mask.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// How far two kept sets of the same samples agree.
struct kept_agreement {
    std::int64_t both = 0;   ///< samples kept by both
    std::int64_t either = 0; ///< samples kept by one at least
    /// Jaccard index both / either, from 0 to 1; 1 if neither keeps any.
    double jaccard = 1;
    /// What two independent draws that keep as many of every class have: the expected size of `both` over
    /// that of `either`.
    double by_chance = 1;

    /// (jaccard - by_chance) / (1 - by_chance): 1 for equal sets, about 0 for independent draws, negative for
    /// sets that avoid each other; 1 if chance cannot but agree.
    [[nodiscard]] double beyond_chance() const {
        return by_chance < 1 ? (jaccard - by_chance) / (1 - by_chance) : 1.0;
    }
};

/// Throws std::invalid_argument for a row number that there is not or that stands twice. O(n).
[[nodiscard]] inline kept_agreement compare_kept(std::span<const std::int64_t> kept,
                                                 std::span<const std::int64_t> other,
                                                 const class_partition& classes) {
    const std::vector<std::uint8_t> first = detail::kept_mask(kept, classes.samples(), "compare_kept");
    const std::vector<std::uint8_t> second = detail::kept_mask(other, classes.samples(), "compare_kept");
    kept_agreement result;
    double expected_both = 0;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        std::int64_t of_first = 0, of_second = 0;
        for (const std::int64_t i : classes.members(c)) {
            const auto at = static_cast<std::size_t>(i);
            of_first += first[at];
            of_second += second[at];
            result.both += first[at] & second[at];
            result.either += first[at] | second[at];
        }
        expected_both += static_cast<double>(of_first) * static_cast<double>(of_second) /
                         static_cast<double>(classes.size(c));
    }
    if (result.either > 0) {
        result.jaccard = static_cast<double>(result.both) / static_cast<double>(result.either);
        const auto sizes = static_cast<double>(kept.size() + other.size());
        result.by_chance = expected_both / (sizes - expected_both);
    }
    return result;
}

} // namespace topoprune
