// SPDX-License-Identifier: MIT
#pragma once

#include "pair_forces.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE void move_by_adam(const lane_values& gradient, float rate, lane_values& mean,
                                               lane_values& square, lane_values& coordinate) {
    using batch = xsimd::batch<float>;
    for (std::size_t lane = 0; lane < pair_lanes; lane += batch::size) {
        const batch g = batch::load_unaligned(gradient.data() + lane);
        batch m = batch::load_unaligned(mean.data() + lane), v = batch::load_unaligned(square.data() + lane);
        m = multiply_add(batch(0.1F), g - m, m);
        v = multiply_add(batch(0.001F), g * g - v, v);
        m.store_unaligned(mean.data() + lane);
        v.store_unaligned(square.data() + lane);
        (batch::load_unaligned(coordinate.data() + lane) - batch(rate) * m / (xsimd::sqrt(v) + batch(1e-7F)))
            .store_unaligned(coordinate.data() + lane);
    }
}

} // namespace topoprune::detail
