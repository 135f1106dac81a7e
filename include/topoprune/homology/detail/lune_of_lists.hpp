// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "ranked_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// The components of the lunes of edges at one vertex u after the other, by lists of neighbors in the order
/// in which they become such. 5 bytes a vertex.
class lune_of_lists {
public:
    lune_of_lists(const ranked_neighbors& neighbors, std::int64_t vertices)
        : neighbors_(neighbors), to_u_(static_cast<std::size_t>(vertices), never),
          unreached_(to_u_.size(), 0) {}

    TOPOPRUNE_DECLARE void enter(std::int32_t u);

    /// The least vertices of the components of the lune of the edge from u to v, ascending.
    TOPOPRUNE_DECLARE [[nodiscard]] const std::vector<std::int32_t>& least_of_components(std::int32_t v,
                                                                                         std::int32_t edge);

private:
    static constexpr std::int32_t never = ranked_edges::never;

    TOPOPRUNE_DECLARE void reach_component(std::int32_t start, std::int32_t edge);

    const ranked_neighbors& neighbors_;
    std::int32_t entered_ = 0;
    std::vector<std::int32_t> to_u_;      ///< the ranks of the edges to the vertices
    std::vector<std::uint8_t> unreached_; ///< vertices of the lune that the search has not met
    std::size_t left_ = 0;                ///< how many they are
    std::vector<std::int32_t> lune_, least_, stack_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "lune_of_lists.ipp"
#endif
