// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "ranked_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// The components of the lunes of edges one after the other in the order in which they enter, by a row of
/// bits for each vertex: the vertices that it has been joined to so far.
class lune_of_bits {
public:
    /// Stands at the edge `first`; O(first).
    lune_of_bits(const ranked_edges& edges, std::int32_t first)
        : edges_(edges), words_((static_cast<std::size_t>(edges.vertices()) + 63) / 64),
          joined_(static_cast<std::size_t>(edges.vertices()) * words_, 0), unreached_(words_, 0),
          next_(words_, 0) {
        while (edge_ < first)
            advance();
    }

    [[nodiscard]] std::int32_t edge() const { return edge_; }

    /// Lets the edge enter and moves on to the next one.
    void advance() {
        const auto [u, v] = edges_.ends(edge_++);
        set(row(u), v);
        set(row(v), u);
    }

    /// The least vertices of the components of the edge's lune, ascending.
    TOPOPRUNE_DECLARE [[nodiscard]] const std::vector<std::int32_t>& least_of_components();

private:
    [[nodiscard]] std::uint64_t* row(std::int32_t v) {
        return joined_.data() + static_cast<std::size_t>(v) * words_;
    }
    static void set(std::uint64_t* bits, std::int32_t at) { bits[at / 64] |= std::uint64_t{1} << (at % 64); }

    /// Takes the component of a vertex out of those that are not reached.
    TOPOPRUNE_DECLARE void reach_component(std::int32_t start);

    /// Moves the neighbors of a vertex from those not reached to those to go on from; false if none is left.
    TOPOPRUNE_DECLARE [[nodiscard]] bool take_neighbors(std::int32_t v);

    const ranked_edges& edges_;
    std::size_t words_;
    std::vector<std::uint64_t> joined_;
    std::int32_t edge_ = 0;
    std::vector<std::uint64_t> unreached_; ///< vertices of the lune that the search has not met
    std::vector<std::uint64_t> next_;      ///< those that it has met and not gone on from
    std::vector<std::int32_t> least_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "lune_of_bits.ipp"
#endif
