// SPDX-License-Identifier: MIT
#pragma once

#include "principal_filter.hpp"

#include <bit>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE principal_filter::principal_filter(matrix_view<const double> points)
    : dimensions_(static_cast<std::size_t>(points.columns())), by_pairs_(points.columns() <= 8),
      stride_(by_pairs_ ? 2 * ((dimensions_ + 1) / 2) : (dimensions_ + lanes - 1) / lanes * lanes),
      coordinates_(by_pairs_ ? 0 : static_cast<std::size_t>(points.rows()) * stride_, 0.0F),
      pairs_(by_pairs_ ? static_cast<std::size_t>(points.rows()) * stride_ / 2 : 0, 0) {
    const auto m = static_cast<float>(dimensions_);
    constexpr float unit = 0x1p-24F;
    shrink_ = 1 - 2.5F * unit * (20 + m);
    slack_ = 2.5F * unit * m / 4;
    fill(points);
}

TOPOPRUNE_DEFINE std::size_t principal_filter::candidates(const subset_block& block,
                                                          std::int32_t* found) const {
    alignas(64) std::array<float, subset_block::capacity> excess;
    if (stride_ == 2)
        measure_by_pairs<true>(block, excess.data());
    else if (by_pairs_)
        measure_by_pairs<false>(block, excess.data());
    else
        measure_by_rows(block, excess.data());
    std::size_t count = 0;
    for (std::size_t c = 0; c < subset_block::capacity; ++c) {
        found[count] = static_cast<std::int32_t>(c);
        count += excess[c] >= -slack_ ? 1U : 0U;
    }
    return count;
}

TOPOPRUNE_DEFINE void principal_filter::fill(matrix_view<const double> points) {
    std::vector<double> center(dimensions_, 0.0);
    for (std::int64_t i = 0; i < points.rows(); ++i)
        for (std::size_t k = 0; k < dimensions_; ++k)
            center[k] += points(i, static_cast<std::int64_t>(k)) / static_cast<double>(points.rows());
    double extent = 0;
    for (std::int64_t i = 0; i < points.rows(); ++i)
        for (std::size_t k = 0; k < dimensions_; ++k)
            extent = std::max(extent, std::abs(points(i, static_cast<std::int64_t>(k)) - center[k]));
    if (extent == 0)
        return;
    for (std::int64_t i = 0; i < points.rows(); ++i)
        for (std::size_t k = 0; k < dimensions_; ++k)
            set(static_cast<std::size_t>(i) * stride_ + k,
                static_cast<float>((points(i, static_cast<std::int64_t>(k)) - center[k]) / extent));
}

TOPOPRUNE_DEFINE void principal_filter::set(std::size_t place, float coordinate) {
    if (!by_pairs_) {
        coordinates_[place] = coordinate;
        return;
    }
    auto both = std::bit_cast<std::array<float, 2>>(pairs_[place / 2]);
    both[place % 2] = coordinate;
    pairs_[place / 2] = std::bit_cast<std::uint64_t>(both);
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void principal_filter::measure_by_rows(const subset_block& block,
                                                                    float* excess) const {
    alignas(64) std::array<float, 6 * lanes * lanes> sums;
    for (std::size_t begin = 0; begin < subset_block::capacity; begin += lanes) {
        for (std::size_t c = 0; c < lanes; ++c)
            add_squares(block, begin + c, sums.data() + c * lanes);
        fold<lanes>(sums.data());
        std::array<batch, 6> squares;
        for (std::size_t edge = 0; edge < 6; ++edge)
            squares[edge] = batch::load_aligned(sums.data() + edge * lanes);
        excess_of(squares).store_unaligned(excess + begin);
    }
}

TOPOPRUNE_DEFINE void principal_filter::add_squares(const subset_block& block, std::size_t c,
                                                    float* sums) const {
    std::array<const float*, 4> rows;
    for (std::size_t k = 0; k < 4; ++k)
        rows[k] = coordinates_.data() + static_cast<std::size_t>(block.column(k)[c]) * stride_;
    std::array<batch, 6> squares;
    squares.fill(batch(0.0F));
    for (std::size_t d = 0; d < stride_; d += lanes) {
        const batch x0 = batch::load_unaligned(rows[0] + d);
        const batch x1 = batch::load_unaligned(rows[1] + d);
        const batch x2 = batch::load_unaligned(rows[2] + d);
        const batch x3 = batch::load_unaligned(rows[3] + d);
        const auto add = [](const batch& step, batch& square) { square = multiply_add(step, step, square); };
        add(x0 - x1, squares[0]);
        add(x2 - x3, squares[1]);
        add(x0 - x2, squares[2]);
        add(x1 - x3, squares[3]);
        add(x0 - x3, squares[4]);
        add(x1 - x2, squares[5]);
    }
    for (std::size_t edge = 0; edge < 6; ++edge)
        squares[edge].store_aligned(sums + edge * lanes * lanes);
}

} // namespace topoprune::detail
