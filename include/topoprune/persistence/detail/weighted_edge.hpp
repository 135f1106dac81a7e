// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace topoprune::detail {

/// An edge of a graph.
struct weighted_edge {
    std::int32_t u = 0;
    std::int32_t v = 0;
    double weight = 0;
};

} // namespace topoprune::detail
