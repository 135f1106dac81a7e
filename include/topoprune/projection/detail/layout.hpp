// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"
#include "block_tournament.hpp"
#include "density_descent.hpp"
#include "density_objective.hpp"
#include "descent.hpp"
#include "layout_options.hpp"
#include "weighted_graph.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// What layouts of one graph share: the order of its edges, and the densities they shall have, if any.
struct layout_plan {
    explicit layout_plan(const weighted_graph& graph) : tournament(graph) {
        for (const float weight : graph.weights)
            largest_weight = std::max(largest_weight, weight);
    }

    block_tournament tournament;
    float largest_weight = 0;
    std::optional<density_objective> density;
};

/// One layout on its way: the positions of all vertices after a number of epochs of stochastic gradient
/// descent on the cross entropy of memberships (McInnes 2018, algorithm 5), scheduled by a block_tournament.
/// advance(20) twice gives the bits of advance(40).
///
/// Time: 40 ns a sample of an edge with 5 negative samples on one core, less with more; with 15 neighbors a
/// vertex has about 7 samples an epoch. Epochs in which densities count take about four times as long.
/// Memory: 12 bytes an edge, shared by the copies of a layout, and 8 bytes a vertex and dimension.
class layout {
public:
    /// start: vertices x dimensions. The graph must hold no edge of weight 0.
    layout(const weighted_graph& graph, const matrix<float>& start, const layout_options& options,
           std::uint64_t seed)
        : layout(std::make_shared<const layout_plan>(graph), start, options, seed) {}

    layout(std::shared_ptr<const layout_plan> plan, const matrix<float>& start, const layout_options& options,
           std::uint64_t seed)
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

    /// The same layout on a random stream of its own; number 0 is this one.
    [[nodiscard]] layout member(std::uint64_t number) const {
        layout other = *this;
        if (number > 0)
            other.random_ = random_.child(number);
        return other;
    }

    /// Epochs done, and to be done in all.
    [[nodiscard]] std::int32_t epoch() const { return epoch_; }
    [[nodiscard]] std::int32_t epochs() const { return options_.epochs; }

    /// Runs `count` more epochs, but no more than options.epochs in all.
    void advance(std::int32_t count, const execution& where) {
        const std::int32_t last = std::min(options_.epochs, epoch_ + count);
        while (epoch_ < last) {
            where.report_progress("layout", epoch_, options_.epochs);
            run_epoch(where);
        }
        if (epoch_ == options_.epochs)
            where.report_progress("layout", epoch_, options_.epochs);
    }

    /// One epoch, silently.
    void run_epoch(const execution& where) {
        where.check_interruption();
        if (epoch_ > 0) // no edge is due in the first
            descend_once(where);
        ++epoch_;
    }

    /// vertices x dimensions, in the order of the graph.
    [[nodiscard]] matrix<double> positions() const {
        matrix<double> result(plan_->tournament.vertices(), dimensions_);
        for (std::int64_t i = 0; i < result.rows(); ++i)
            for (std::int64_t c = 0; c < dimensions_; ++c)
                result(i, c) = static_cast<double>(
                    positions_[static_cast<std::size_t>(plan_->tournament.place(i) * dimensions_ + c)]);
        return result;
    }

private:
    static constexpr std::uint64_t stream = 0x6c61796f7574; // "layout"

    void descend_once(const execution& where) {
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

    layout_options options_;
    std::int64_t dimensions_;
    random_stream random_;
    std::shared_ptr<const layout_plan> plan_;
    std::int32_t epoch_ = 0;
    std::vector<float> positions_; // by place
    std::vector<float> snapshot_;
};

} // namespace topoprune::detail
