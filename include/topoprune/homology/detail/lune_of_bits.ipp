// SPDX-License-Identifier: MIT
#pragma once

#include "lune_of_bits.hpp"

#include <bit>

namespace topoprune::detail {

TOPOPRUNE_DEFINE const std::vector<std::int32_t>& lune_of_bits::least_of_components() {
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

TOPOPRUNE_DEFINE void lune_of_bits::reach_component(std::int32_t start) {
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

TOPOPRUNE_DEFINE bool lune_of_bits::take_neighbors(std::int32_t v) {
    const std::uint64_t* const to_v = row(v);
    std::uint64_t left = 0;
    for (std::size_t k = 0; k < words_; ++k) {
        next_[k] |= unreached_[k] & to_v[k];
        unreached_[k] &= ~to_v[k];
        left |= unreached_[k];
    }
    return left != 0;
}

} // namespace topoprune::detail
