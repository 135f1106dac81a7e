// SPDX-License-Identifier: MIT
#pragma once

#include "layout.hpp"

#include "../../../core/checks.hpp"
#include "density_descent.hpp"
#include "descent.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE layout::layout(std::shared_ptr<const layout_plan> plan, const matrix<float>& start,
                                const layout_options& options, std::uint64_t seed)
    : options_(options), dimensions_(start.cols()), random_(seed, stream), plan_(std::move(plan)),
      positions_(static_cast<std::size_t>(start.size())), snapshot_(positions_.size()) {
    require(start.rows() == plan_->tournament.vertices(), "layout", "rows of the start", start.rows(),
            "the number of vertices,", plan_->tournament.vertices());
    require(dimensions_ >= 1 && dimensions_ <= most_dimensions, "layout", "dimensions", dimensions_,
            "at least 1 and at most", most_dimensions);
    for (std::int64_t i = 0; i < start.rows(); ++i)
        std::copy_n(start.data() + i * dimensions_, dimensions_,
                    positions_.data() + plan_->tournament.place(i) * dimensions_);
}

TOPOPRUNE_DEFINE layout layout::member(std::uint64_t number) const {
    layout other = *this;
    if (number > 0)
        other.random_ = random_.child(number);
    return other;
}

TOPOPRUNE_DEFINE void layout::advance(std::int32_t count, const execution& where) {
    const std::int32_t last = std::min(options_.epochs, epoch_ + count);
    while (epoch_ < last) {
        where.report_progress("layout", epoch_, options_.epochs);
        run_epoch(where);
    }
    if (epoch_ == options_.epochs)
        where.report_progress("layout", epoch_, options_.epochs);
}

TOPOPRUNE_DEFINE void layout::run_epoch(const execution& where) {
    where.check_interruption();
    if (epoch_ > 0) // no edge is due in the first
        descend_once(where);
    ++epoch_;
}

TOPOPRUNE_DEFINE matrix<double> layout::positions() const {
    matrix<double> result(plan_->tournament.vertices(), dimensions_);
    for (std::int64_t i = 0; i < result.rows(); ++i)
        for (std::int64_t c = 0; c < dimensions_; ++c)
            result(i, c) = static_cast<double>(
                positions_[static_cast<std::size_t>(plan_->tournament.place(i) * dimensions_ + c)]);
    return result;
}

TOPOPRUNE_DEFINE void layout::descend_once(const execution& where) {
    std::copy(positions_.begin(), positions_.end(), snapshot_.begin());
    // Learning slows down linearly, one epoch late: epoch 1 runs at full rate too.
    const double left = 1.0 - (epoch_ - 1) / static_cast<double>(options_.epochs);
    const layout_epoch epoch{
        .number = epoch_,
        .vertices = static_cast<std::int32_t>(plan_->tournament.vertices()),
        .dimensions = static_cast<std::int32_t>(dimensions_),
        .negative_sample_rate = options_.negative_sample_rate,
        .rate_of_weight = 1 / static_cast<double>(plan_->largest_weight),
        .step = static_cast<float>(options_.learning_rate * left),
        .a = static_cast<float>(options_.curve.a),
        .b = static_cast<float>(options_.curve.b),
        .repulsion_strength = static_cast<float>(options_.repulsion_strength),
        .random = random_.child(static_cast<std::uint64_t>(epoch_)),
        .snapshot = snapshot_.data(),
    };
    if (plan_->density && plan_->density->counts_in(epoch_, options_.epochs)) {
        std::vector<radius_slope> slopes;
        plan_->density->measure(snapshot_, dimensions_, epoch.a, epoch.b, slopes, where);
        const auto strength = static_cast<float>(plan_->density->strength());
        plan_->tournament.play(where, [&](std::int64_t first, std::span<const placed_edge> edges) {
            descend_with_density(epoch, slopes, strength, first, edges, positions_.data());
        });
        return;
    }
    const auto kernel = dimensions_ == 2 ? descend<2> : dimensions_ == 3 ? descend<3> : descend<0>;
    plan_->tournament.play(where, [&](std::int64_t first, std::span<const placed_edge> edges) {
        kernel(epoch, first, edges, positions_.data());
    });
}

} // namespace topoprune::detail
