// SPDX-License-Identifier: MIT
#pragma once

#include "leaf_products.hpp"

#include "../../core/detail/dense_products.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void leaf_products::offer_pairs(std::span<const std::int32_t> members) {
    gather(members);
    const auto size = static_cast<std::int64_t>(members.size());
    for (std::int64_t begin = 0; begin < size; begin += rows_at_once) {
        const std::int64_t end = std::min(size, begin + rows_at_once);
        multiply(begin, end);
        scan(members, begin, end);
    }
}

TOPOPRUNE_DEFINE void leaf_products::gather(std::span<const std::int32_t> members) {
    const auto size = static_cast<Eigen::Index>(members.size());
    if (rows_.rows() < size)
        rows_.resize(size, form_.rows.cols());
    halves_.resize(members.size());
    thresholds_.resize(members.size());
    for (std::size_t m = 0; m < members.size(); ++m) {
        rows_.row(static_cast<Eigen::Index>(m)) = form_.rows.row(members[m]);
        halves_[m] = form_.halves[static_cast<std::size_t>(members[m])];
        thresholds_[m] = lists_.threshold(members[m]);
    }
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void leaf_products::multiply(std::int64_t begin, std::int64_t end) {
    const auto columns = static_cast<Eigen::Index>(halves_.size()) - begin;
    tile_.setZero(end - begin, columns);
    const strided_view<const float> rows(rows_);
    add_product(rows.block(begin, 0, end - begin, rows.columns),
                rows.block(begin, 0, columns, rows.columns).transposed(), tile_);
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void leaf_products::scan(std::span<const std::int32_t> members,
                                                      std::int64_t begin, std::int64_t end) {
    using batch = xsimd::batch<float>;
    constexpr std::size_t lanes = batch::size;
    std::array<float, lanes> raws{};
    for (std::int64_t row = begin; row < end; ++row) {
        const float* products = tile_.row(row - begin).data();
        const auto a = static_cast<std::size_t>(row);
        const auto offer = [&](std::size_t b, float raw) {
            if (raw < thresholds_[a]) {
                lists_.offer(members[a], raw, members[b]);
                thresholds_[a] = lists_.threshold(members[a]);
            }
            if (raw < thresholds_[b]) {
                lists_.offer(members[b], raw, members[a]);
                thresholds_[b] = lists_.threshold(members[b]);
            }
        };
        const batch half(halves_[a]);
        std::size_t b = a + 1;
        for (; b + lanes <= members.size(); b += lanes) {
            const batch raw = half + batch::load_unaligned(halves_.data() + b) -
                              batch::load_unaligned(products + (b - static_cast<std::size_t>(begin)));
            const batch limit =
                xsimd::max(batch(thresholds_[a]), batch::load_unaligned(thresholds_.data() + b));
            if (!xsimd::any(raw < limit)) [[likely]]
                continue;
            raw.store_unaligned(raws.data());
            for (std::size_t lane = 0; lane < lanes; ++lane)
                offer(b + lane, raws[lane]);
        }
        for (; b < members.size(); ++b)
            offer(b, halves_[a] + halves_[b] - products[b - static_cast<std::size_t>(begin)]);
    }
}

} // namespace topoprune::detail
