// SPDX-License-Identifier: MIT
#pragma once

#include "wasserstein_discrepancy.hpp"

#include "../core/checks.hpp"
#include "detail/principal_matching.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE discrepancy_value wasserstein_discrepancy::evaluate(const principal_measure& measure,
                                                                     const principal_measure& target,
                                                                     const execution& where) const {
    require(power >= 1 && power <= 16, "wasserstein_discrepancy", "power", power, "between 1 and 16");
    discrepancy_value result{0, std::vector<std::array<double, 2>>(measure.pairs.size())};
    const detail::principal_matching matching(measure, target, power);
    for (const detail::indexed_move& m : matching.moves(where)) {
        const double share = matching.share(m.mass);
        const auto [distance, slope] =
            matching.distance(static_cast<std::size_t>(m.from), static_cast<std::size_t>(m.to));
        if (distance == 0)
            continue;
        const double below = std::pow(distance, power - 1);
        result.value += share * below * distance;
        if (static_cast<std::size_t>(m.from) < measure.pairs.size()) {
            auto& [by_birth, by_lifetime] = result.by_pair[static_cast<std::size_t>(m.from)];
            by_birth += share * power * below * slope[0];
            by_lifetime += share * power * below * slope[1];
        }
    }
    if (root && result.value > 0) {
        const double factor = std::pow(result.value, 1 / power - 1) / power;
        result.value = std::pow(result.value, 1 / power);
        for (auto& [by_birth, by_lifetime] : result.by_pair) {
            by_birth *= factor;
            by_lifetime *= factor;
        }
    }
    return result;
}

} // namespace topoprune
