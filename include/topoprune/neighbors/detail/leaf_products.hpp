// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "../../core/simd.hpp"
#include "../metric.hpp"
#include "link_lists.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Compares all pairs of samples of a leaf, each pair once, and offers them to the lists of both. One object
/// serves one thread at a time; it keeps a copy of the leaf, 4 (d + 2) bytes a member, and a tile of
/// products.
class leaf_products {
public:
    leaf_products(const product_form& form, link_lists& lists) : form_(form), lists_(lists) {}

    TOPOPRUNE_DECLARE void offer_pairs(std::span<const std::int32_t> members);

private:
    static constexpr std::int64_t rows_at_once = 64;

    TOPOPRUNE_DECLARE void gather(std::span<const std::int32_t> members);

    /// Members [begin, end) with all members from `begin` on.
    TOPOPRUNE_DECLARE void multiply(std::int64_t begin, std::int64_t end);

    /// Nearly every pair is turned away by one comparison of a whole vector with the larger threshold.
    TOPOPRUNE_DECLARE void scan(std::span<const std::int32_t> members, std::int64_t begin, std::int64_t end);

    const product_form& form_;
    link_lists& lists_;
    matrix<float> rows_;
    std::vector<float> halves_;
    std::vector<float> thresholds_;
    matrix<float> tile_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "leaf_products.ipp"
#endif
