// SPDX-License-Identifier: MIT
#pragma once

#include "swept_forest.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void swept_forest::insert(std::int32_t edge, std::int32_t a, std::int32_t b, double weight) {
    forest_.set_weight(nodes_ + edge, weight);
    forest_.link(a, nodes_ + edge);
    forest_.link(nodes_ + edge, b);
    is_in_[static_cast<std::size_t>(edge)] = true;
}

} // namespace topoprune::detail
