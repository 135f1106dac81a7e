// SPDX-License-Identifier: MIT
#pragma once

#include "ranked_graph.hpp"

#include <bit>
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
    [[nodiscard]] const std::vector<std::int32_t>& least_of_components() {
        least_.clear();
        const auto [u, v] = edges_.ends(edge_);
        const std::uint64_t* const to_u = row(u);
        const std::uint64_t* const to_v = row(v);
        for (std::size_t k = 0; k < words_; ++k)
            unreached_[k] = to_u[k] & to_v[k];
        for (std::size_t k = 0; k < words_; ++k)
            while (unreached_[k] != 0)
                reach_component(static_cast<std::int32_t>(64 * k) + std::countr_zero(unreached_[k]));
        return least_;
    }

private:
    [[nodiscard]] std::uint64_t* row(std::int32_t v) {
        return joined_.data() + static_cast<std::size_t>(v) * words_;
    }
    static void set(std::uint64_t* bits, std::int32_t at) { bits[at / 64] |= std::uint64_t{1} << (at % 64); }

    /// Takes the component of a vertex out of those that are not reached.
    void reach_component(std::int32_t start) {
        least_.push_back(start);
        unreached_[static_cast<std::size_t>(start / 64)] &= ~(std::uint64_t{1} << (start % 64));
        bool some_left = take_neighbors(start);
        for (std::size_t k = 0; k < words_ && some_left; ++k)
            while (next_[k] != 0 && some_left) {
                const auto w = static_cast<std::int32_t>(64 * k) + std::countr_zero(next_[k]);
                next_[k] &= next_[k] - 1;
                some_left = take_neighbors(w);
                k = 0;
            }
        std::fill(next_.begin(), next_.end(), 0);
    }

    /// Moves the neighbors of a vertex from those not reached to those to go on from; false if none is left.
    [[nodiscard]] bool take_neighbors(std::int32_t v) {
        const std::uint64_t* const to_v = row(v);
        std::uint64_t left = 0;
        for (std::size_t k = 0; k < words_; ++k) {
            next_[k] |= unreached_[k] & to_v[k];
            unreached_[k] &= ~to_v[k];
            left |= unreached_[k];
        }
        return left != 0;
    }

    const ranked_edges& edges_;
    std::size_t words_;
    std::vector<std::uint64_t> joined_;
    std::int32_t edge_ = 0;
    std::vector<std::uint64_t> unreached_; ///< vertices of the lune that the search has not met
    std::vector<std::uint64_t> next_;      ///< those that it has met and not gone on from
    std::vector<std::int32_t> least_;
};

} // namespace topoprune::detail
