// SPDX-License-Identifier: MIT
#pragma once

#include "kept_agreement.hpp"

#include "detail/kept_mask.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE kept_agreement compare_kept(std::span<const std::int64_t> kept,
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
