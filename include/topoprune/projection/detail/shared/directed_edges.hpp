// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// An edge as one of its ends sees it: the other end, and the weight in this direction.
struct directed_edge {
    std::int32_t vertex = 0;
    float weight = 0;
};

/// Edges by the vertex at which they arrive.
struct arriving_edges {
    /// n + 1
    std::vector<std::int64_t> begins;
    std::vector<directed_edge> edges;

    /// Ascending by the vertex they come from.
    [[nodiscard]] std::span<const directed_edge> of(std::int64_t vertex) const {
        const auto at = static_cast<std::size_t>(vertex);
        return std::span(edges).subspan(static_cast<std::size_t>(begins[at]),
                                        static_cast<std::size_t>(begins[at + 1] - begins[at]));
    }
};

/// The transpose of n x k edges that leave their vertices, by counting: O(n k), 8 bytes an edge and 16 a
/// vertex.
TOPOPRUNE_DECLARE [[nodiscard]] arriving_edges transposed(std::span<const directed_edge> leaving,
                                                          std::int64_t n, std::int64_t k);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "directed_edges.ipp"
#endif
