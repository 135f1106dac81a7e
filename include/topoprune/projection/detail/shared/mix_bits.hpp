// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace topoprune::detail {

/// Well mixed bits of x (Wellons 2018, "lowbias32").
[[gnu::always_inline]] inline std::uint32_t mix_bits_32(std::uint32_t x) {
    x = (x ^ (x >> 16)) * 0x7feb352dU;
    x = (x ^ (x >> 15)) * 0x846ca68bU;
    return x ^ (x >> 16);
}

} // namespace topoprune::detail
