// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"
#include "block_tournament.hpp"
#include "edge_clock.hpp"
#include "power.hpp"
#include "similarity_curve.hpp"
#include "weighted_graph.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
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

/// What the samples of one epoch share.
struct layout_epoch {
    std::int32_t number;
    std::int32_t vertices;
    std::int32_t dimensions;
    std::int32_t negative_sample_rate;
    float largest_weight;
    float rate; // the learning rate
    float a, b, repulsion_strength;
    random_stream random;
    const float* snapshot; // all positions as they were before the epoch
};

/// x within [-bound, bound]. By value, unlike std::clamp: a choice of references is a branch to a vectorizer.
[[gnu::always_inline]] inline float bounded(float x, float bound) {
    const float above = x < -bound ? -bound : x;
    return above > bound ? bound : above;
}

/// Samples the edges of one meeting that are due. Dimensions is 2, 3 or 0 for any number.
///
/// A sampled edge pulls its two ends together along the gradient of log w, w = 1 / (1 + a d^(2b)), and pushes
/// its head away from drawn vertices along that of log(1 - w). Each push is clipped to 4 per coordinate. The
/// pushes of one edge are computed together in eight lanes, from the snapshot: the only reading beyond the
/// two blocks of the meeting.
///
/// Never inlined: in a second instance the compiler might contract other multiplications and additions, and
/// the bits of a result would depend on the caller.
template <int Dimensions>
[[gnu::noinline]] void descend(const layout_epoch& epoch, std::int64_t first,
                               std::span<const placed_edge> edges, float* positions) {
    constexpr std::size_t lanes = 8, chunk = 256;
    constexpr float farthest_push = 4;
    const int dimensions = Dimensions > 0 ? Dimensions : epoch.dimensions;
    const float a = epoch.a, b = epoch.b;
    const float pull_scale = -2 * a * b, push_scale = 2 * epoch.repulsion_strength * b;
    const double to_rate = 1 / static_cast<double>(epoch.largest_weight);

    std::array<std::uint8_t, chunk> due;
    std::array<std::uint32_t, chunk> sampled;
    for (std::size_t begin = 0; begin < edges.size(); begin += chunk) {
        const std::size_t size = std::min(chunk, edges.size() - begin);
        for (std::size_t i = 0; i < size; ++i)
            due[i] = is_sampled(edges[begin + i].weight * to_rate, epoch.number);
        std::size_t count = 0;
        for (std::size_t i = 0; i < size; ++i) {
            sampled[count] = static_cast<std::uint32_t>(begin + i);
            count += due[i];
        }
        for (std::size_t s = 0; s < count; ++s) {
            const placed_edge& edge = edges[sampled[s]];
            float* const head = positions + static_cast<std::ptrdiff_t>(edge.head) * dimensions;
            float* const tail = positions + static_cast<std::ptrdiff_t>(edge.tail) * dimensions;

            float squared = 0;
            for (int c = 0; c < dimensions; ++c)
                squared += (head[c] - tail[c]) * (head[c] - tail[c]);
            squared += 0x1p-40F; // where the ends coincide their difference is 0 anyway
            const float powered = power(squared, b);
            const float pull = pull_scale * powered / (squared * (1 + a * powered));
            for (int c = 0; c < dimensions; ++c) {
                const float move =
                    epoch.rate * bounded(pull * (head[c] - tail[c]), farthest_push);
                head[c] += move;
                tail[c] -= move;
            }

            const std::int32_t negatives =
                count_negative_samples(edge.weight * to_rate, epoch.number, epoch.negative_sample_rate);
            const std::uint64_t bits =
                epoch.random.bits(static_cast<std::uint64_t>(first) + sampled[s]);
            for (std::int32_t drawn = 0; drawn < negatives; drawn += lanes) {
                alignas(32) std::array<std::int32_t, lanes> other;
                alignas(32) std::array<float, lanes> counts, distance, push;
                for (std::uint32_t l = 0; l < lanes; ++l) {
                    // Lanes differ by a multiple of an odd word before a 32-bit finalizer (Wellons 2018).
                    std::uint32_t x = static_cast<std::uint32_t>(bits) +
                                      (static_cast<std::uint32_t>(drawn) + l) *
                                          (static_cast<std::uint32_t>(bits >> 32) | 1U);
                    x = (x ^ (x >> 16)) * 0x7feb352dU;
                    x = (x ^ (x >> 15)) * 0x846ca68bU;
                    x ^= x >> 16;
                    other[l] = static_cast<std::int32_t>(
                        (static_cast<std::uint64_t>(x) * static_cast<std::uint32_t>(epoch.vertices)) >> 32);
                }
                for (std::size_t l = 0; l < lanes; ++l) {
                    counts[l] = static_cast<float>((static_cast<std::int32_t>(l) < negatives - drawn) &
                                                   (other[l] != edge.head));
                    distance[l] = 0x1p-40F;
                }
                for (int c = 0; c < dimensions; ++c)
                    for (std::size_t l = 0; l < lanes; ++l) {
                        const float apart = head[c] - epoch.snapshot[other[l] * dimensions + c];
                        distance[l] += apart * apart;
                    }
                for (std::size_t l = 0; l < lanes; ++l)
                    push[l] = counts[l] * push_scale /
                              ((0.001F + distance[l]) * (1 + a * power(distance[l], b)));
                for (int c = 0; c < dimensions; ++c) {
                    alignas(32) std::array<float, lanes> move;
                    for (std::size_t l = 0; l < lanes; ++l)
                        move[l] = bounded(push[l] * (head[c] - epoch.snapshot[other[l] * dimensions + c]), farthest_push);
                    head[c] += epoch.rate * (((move[0] + move[4]) + (move[2] + move[6])) +
                                             ((move[1] + move[5]) + (move[3] + move[7])));
                }
            }
        }
    }
}

/// One layout on its way: the positions of all vertices after a number of epochs of stochastic gradient
/// descent on the cross entropy of memberships (McInnes 2018, algorithm 5), scheduled by a block_tournament.
/// advance(20) twice gives the bits of advance(40).
///
/// Time: about edges x 0.3 samples an epoch for 15 neighbors, 30 ns a sample and core. Memory: 12 bytes an
/// edge, 8 bytes a vertex and dimension.
class layout {
public:
    /// start: vertices x dimensions. The graph must hold no edge of weight 0.
    layout(const weighted_graph& graph, const matrix<float>& start, const layout_options& options,
           std::uint64_t seed)
        : options_(options), dimensions_(start.cols()), random_(seed, stream), tournament_(graph),
          positions_(static_cast<std::size_t>(start.size())), snapshot_(positions_.size()) {
        require(start.rows() == graph.vertices(), "layout", "rows of the start", start.rows(),
                "the number of vertices,", graph.vertices());
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
        std::copy(positions_.begin(), positions_.end(), snapshot_.begin());
        // Learning slows down linearly, one epoch late: epochs 0 (where no edge is due) and 1 run at full rate.
        const double left = 1.0 - std::max(0, epoch_ - 1) / static_cast<double>(options_.epochs);
        const layout_epoch epoch{
            .number = epoch_,
            .vertices = static_cast<std::int32_t>(tournament_.vertices()),
            .dimensions = static_cast<std::int32_t>(dimensions_),
            .negative_sample_rate = options_.negative_sample_rate,
            .largest_weight = largest_weight_,
            .rate = static_cast<float>(options_.learning_rate * left),
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
