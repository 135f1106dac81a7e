// SPDX-License-Identifier: MIT
#pragma once

#include "line_slices.hpp"

#include "../../core/checks.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<double> random_direction(std::int64_t d, const random_stream& random) {
    std::vector<double> direction(static_cast<std::size_t>(d));
    for (std::int64_t c = 0; c < d; ++c)
        direction[static_cast<std::size_t>(c)] = d == 1 ? 1.0 : random.normal(static_cast<std::uint64_t>(c));
    const double length = norm(direction);
    for (double& value : direction)
        value /= length > 0 ? length : 1;
    return direction;
}

} // namespace topoprune::detail
