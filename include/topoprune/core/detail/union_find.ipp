// SPDX-License-Identifier: MIT
#pragma once

#include "union_find.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::int32_t union_find::root(std::int32_t x) {
    while (parent(x) != x) {
        parent(x) = parent(parent(x));
        x = parent(x);
    }
    return x;
}

TOPOPRUNE_DEFINE bool union_find::join(std::int32_t x, std::int32_t y) {
    x = root(x);
    y = root(y);
    if (x == y)
        return false;
    join_under(x, y);
    return true;
}

} // namespace topoprune::detail
