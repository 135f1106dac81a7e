// SPDX-License-Identifier: MIT
#pragma once

#include "../compiled.hpp"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace topoprune::detail {

/// Disjoint sets with path halving, O(log n) amortized; the caller may choose their roots.
class union_find {
public:
    explicit union_find(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0); }

    TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t root(std::int32_t x);

    /// Unites the sets of x and y; false if they are one already.
    TOPOPRUNE_DECLARE bool join(std::int32_t x, std::int32_t y);

    /// Hangs the root `child` below the root `root`.
    void join_under(std::int32_t root, std::int32_t child) { parent(child) = root; }

private:
    std::int32_t& parent(std::int32_t x) { return parent_[static_cast<std::size_t>(x)]; }

    std::vector<std::int32_t> parent_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "union_find.ipp"
#endif
