// SPDX-License-Identifier: MIT
#pragma once

#include "ranked_graph.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace topoprune::detail {

/// The components of the lunes of edges at one vertex u after the other, by lists of neighbors in the order
/// in which they become such. 5 bytes a vertex.
class lune_of_lists {
public:
    lune_of_lists(const ranked_neighbors& neighbors, std::int64_t vertices)
        : neighbors_(neighbors), to_u_(static_cast<std::size_t>(vertices), never),
          unreached_(to_u_.size(), 0) {}

    void enter(std::int32_t u) {
        for (const auto [w, rank] : neighbors_.of(entered_))
            to_u_[static_cast<std::size_t>(w)] = never;
        for (const auto [w, rank] : neighbors_.of(u))
            to_u_[static_cast<std::size_t>(w)] = rank;
        entered_ = u;
    }

    /// The least vertices of the components of the lune of the edge from u to v, ascending.
    [[nodiscard]] const std::vector<std::int32_t>& least_of_components(std::int32_t v, std::int32_t edge) {
        least_.clear();
        lune_.clear();
        for (const auto [w, rank] : neighbors_.of(v)) {
            if (rank >= edge)
                break;
            if (to_u_[static_cast<std::size_t>(w)] < edge) {
                lune_.push_back(w);
                unreached_[static_cast<std::size_t>(w)] = 1;
            }
        }
        left_ = lune_.size();
        for (const std::int32_t start : lune_)
            if (unreached_[static_cast<std::size_t>(start)] != 0)
                reach_component(start, edge);
        std::sort(least_.begin(), least_.end());
        return least_;
    }

private:
    static constexpr std::int32_t never = ranked_edges::never;

    void reach_component(std::int32_t start, std::int32_t edge) {
        least_.push_back(start);
        const auto reach = [&](std::int32_t w) {
            unreached_[static_cast<std::size_t>(w)] = 0;
            --left_;
            stack_.push_back(w);
            least_.back() = std::min(least_.back(), w);
        };
        reach(start);
        while (!stack_.empty()) {
            const std::int32_t x = stack_.back();
            stack_.pop_back();
            for (const auto [w, rank] : neighbors_.of(x)) {
                if (rank > edge || left_ == 0)
                    break;
                if (unreached_[static_cast<std::size_t>(w)] != 0)
                    reach(w);
            }
        }
    }

    const ranked_neighbors& neighbors_;
    std::int32_t entered_ = 0;
    std::vector<std::int32_t> to_u_;      ///< the ranks of the edges to the vertices
    std::vector<std::uint8_t> unreached_; ///< vertices of the lune that the search has not met
    std::size_t left_ = 0;                ///< how many they are
    std::vector<std::int32_t> lune_, least_, stack_;
};

} // namespace topoprune::detail
