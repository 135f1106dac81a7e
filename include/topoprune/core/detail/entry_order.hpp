// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace topoprune::detail {

/// The vertex of a simplex that enters last; ties go to the least id.
template <std::size_t Count>
[[nodiscard]] std::int32_t last_vertex(std::array<std::int32_t, Count> vertices,
                                       const std::vector<double>& codensity) {
    std::int32_t last = vertices[0];
    for (const std::int32_t v : vertices)
        if (codensity[static_cast<std::size_t>(v)] > codensity[static_cast<std::size_t>(last)])
            last = v;
    return last;
}

/// 0 .. count - 1 in the order of `before`, ties by number.
template <class Before>
[[nodiscard]] std::vector<std::int32_t> sorted_ids(std::size_t count, Before before) {
    std::vector<std::int32_t> ids(count);
    std::iota(ids.begin(), ids.end(), 0);
    std::stable_sort(ids.begin(), ids.end(), before);
    return ids;
}

} // namespace topoprune::detail
