// SPDX-License-Identifier: MIT
#pragma once

#include "simd.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE double fixed_order_sum::total() const {
    alignas(64) std::array<double, width> s;
    for (std::size_t part = 0; part < parts; ++part)
        parts_[part].store_aligned(s.data() + part * batch::size);
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

} // namespace topoprune::detail
