// SPDX-License-Identifier: MIT
#pragma once

#include "all_pairs_pricing.hpp"

#include "../../core/simd.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void worst_pairs::insert(std::int32_t sink, double reduced_cost) {
    std::size_t at = count_ < capacity ? count_++ : capacity - 1;
    for (; at > 0 && pairs_[at - 1].reduced_cost > reduced_cost; --at)
        pairs_[at] = pairs_[at - 1];
    pairs_[at] = {sink, reduced_cost};
}

} // namespace topoprune::detail
