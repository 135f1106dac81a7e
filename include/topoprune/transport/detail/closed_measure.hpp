// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../transport.hpp"

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace topoprune::detail {

/// move(measure), where a measure whose masses do not add up to 0 is first closed: what is missing becomes
/// one more atom at the corner, numbered after the last one. It has no entry in the gradient, for it stays
/// where it is. Without a corner the measure is left to `move` as it is.
/// Throws std::invalid_argument if more than 32 bits of mass are missing.
template <class Move>
[[nodiscard]] transport_result move_closed(const signed_measure& measure,
                                           const std::optional<std::array<double, 2>>& corner,
                                           std::string_view function, Move&& move) {
    const std::int64_t missing = -total_mass(measure);
    if (!corner || missing == 0)
        return move(measure);
    require(std::abs(missing) <= std::numeric_limits<std::int32_t>::max(), function, "the missing mass",
            missing, "within 2^31 - 1 of 0");
    signed_measure closed = measure;
    closed.push_back({.r = (*corner)[0], .f = (*corner)[1], .mass = static_cast<std::int32_t>(missing)});
    transport_result result = move(closed);
    result.gradient.resize(measure.size());
    return result;
}

} // namespace topoprune::detail
