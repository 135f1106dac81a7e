// SPDX-License-Identifier: MIT
#pragma once

#include "difference.hpp"

#include "../core/checks.hpp"

#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE signed_measure difference(const signed_measure& mu, const signed_measure& nu) {
    signed_measure result = mu;
    result.reserve(mu.size() + nu.size());
    for (atom a : nu) {
        require(a.mass != std::numeric_limits<std::int32_t>::min(), "difference", "a mass of nu", a.mass,
                "above -2^31");
        a.mass = -a.mass;
        result.push_back(a);
    }
    return result;
}

} // namespace topoprune
