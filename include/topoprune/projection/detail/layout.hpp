// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"
#include "block_tournament.hpp"
#include "descent.hpp"
#include "similarity_curve.hpp"
#include "weighted_graph.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

struct layout_options {
    similarity_curve curve{};
    std::int32_t epochs = 200;
    double learning_rate = 1;
    std::int32_t negative_sample_rate = 5;
    double repulsion_strength = 1;
};

/// One layout on its way: the positions of all vertices after a number of epochs of stochastic gradient
/// descent on the cross entropy of memberships (McInnes 2018, algorithm 5), scheduled by a block_tournament.
/// advance(20) twice gives the bits of advance(40).
///
/// Time: 50 ns a sample of an edge with 5 negative samples on one core, less with more; with 15 neighbors a
/// vertex has about 7 samples an epoch. Memory: 12 bytes an edge, 8 bytes a vertex and dimension.
class layout {
public:
    /// start: vertices x dimensions. The graph must hold no edge of weight 0.
    layout(const weighted_graph& graph, const matrix<float>& start, const layout_options& options,
           std::uint64_t seed)
        : options_(options), dimensions_(start.cols()), random_(seed, stream), tournament_(graph),
          positions_(static_cast<std::size_t>(start.size())), snapshot_(positions_.size()) {
        require(start.rows() == graph.vertices(), "layout", "rows of the start", start.rows(),
                "the number of vertices,", graph.vertices());
        require(dimensions_ >= 1 && dimensions_ <= most_dimensions, "layout", "dimensions", dimensions_,
                "at least 1 and at most", most_dimensions);
        for (const float weight : graph.weights)
            largest_weight_ = std::max(largest_weight_, weight);
        for (std::int64_t i = 0; i < start.rows(); ++i)
            std::copy_n(start.data() + i * dimensions_, dimensions_,
                        positions_.data() + tournament_.place(i) * dimensions_);
    }

    /// Epochs done.
    [[nodiscard]] std::int32_t epoch() const { return epoch_; }

    /// Runs `count` more epochs, but no more than options.epochs in all.
    void advance(std::int32_t count, const execution& where) {
        const std::int32_t last = std::min(options_.epochs, epoch_ + count);
        for (; epoch_ < last; ++epoch_) {
            where.report_progress("layout", epoch_, options_.epochs);
            run_epoch(where);
        }
        if (epoch_ == options_.epochs)
            where.report_progress("layout", epoch_, options_.epochs);
    }

    /// vertices x dimensions, in the order of the graph.
    [[nodiscard]] matrix<double> positions() const {
        matrix<double> result(tournament_.vertices(), dimensions_);
        for (std::int64_t i = 0; i < result.rows(); ++i)
            for (std::int64_t c = 0; c < dimensions_; ++c)
                result(i, c) = static_cast<double>(
                    positions_[static_cast<std::size_t>(tournament_.place(i) * dimensions_ + c)]);
        return result;
    }

private:
    static constexpr std::uint64_t stream = 0x6c61796f7574; // "layout"

    void run_epoch(const execution& where) {
        if (epoch_ == 0) // no edge is due yet
            return;
        std::copy(positions_.begin(), positions_.end(), snapshot_.begin());
        // Learning slows down linearly, one epoch late: epoch 1 runs at full rate too.
        const double left = 1.0 - (epoch_ - 1) / static_cast<double>(options_.epochs);
        const layout_epoch epoch{
            .number = epoch_,
            .vertices = static_cast<std::int32_t>(tournament_.vertices()),
            .dimensions = static_cast<std::int32_t>(dimensions_),
            .negative_sample_rate = options_.negative_sample_rate,
            .rate_of_weight = 1 / static_cast<double>(largest_weight_),
            .step = static_cast<float>(options_.learning_rate * left),
            .a = static_cast<float>(options_.curve.a),
            .b = static_cast<float>(options_.curve.b),
            .repulsion_strength = static_cast<float>(options_.repulsion_strength),
            .random = random_.child(static_cast<std::uint64_t>(epoch_)),
            .snapshot = snapshot_.data(),
        };
        const auto kernel = dimensions_ == 2 ? descend<2> : dimensions_ == 3 ? descend<3> : descend<0>;
        tournament_.play(where, [&](std::int64_t first, std::span<const placed_edge> edges) {
            kernel(epoch, first, edges, positions_.data());
        });
    }

    layout_options options_;
    std::int64_t dimensions_;
    random_stream random_;
    block_tournament tournament_;
    float largest_weight_ = 0;
    std::int32_t epoch_ = 0;
    std::vector<float> positions_; // by place
    std::vector<float> snapshot_;
};

} // namespace topoprune::detail
