// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"

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
TOPOPRUNE_DECLARE [[nodiscard]] kept_agreement compare_kept(std::span<const std::int64_t> kept,
                                                            std::span<const std::int64_t> other,
                                                            const class_partition& classes);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "kept_agreement.ipp"
#endif
