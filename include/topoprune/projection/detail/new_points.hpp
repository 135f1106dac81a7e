// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"
#include "../../neighbors/neighbor_graph.hpp"
#include "descent.hpp"
#include "layout_options.hpp"
#include "membership.hpp"
#include "power.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Places new samples into a finished layout, which stays as it is: each starts at the mean of its neighbors'
/// positions, weighted by its memberships (at the nearest, if it equals it), and then descends on the cross
/// entropy with these neighbors, pushed away from drawn samples of the layout (umap-learn's transform).
///
/// Every new sample is placed by itself, and its random numbers depend on its neighbors, not on its row: its
/// position is the same in whatever company it comes. (umap-learn samples by the largest membership of a
/// batch; here it is that of the sample.)
class new_points {
public:
    /// layout: n x m. options.epochs and learning_rate: those of the new samples.
    new_points(matrix_view<const double> layout, const layout_options& options, double local_connectivity,
               std::uint64_t seed)
        : layout_(layout.eigen().cast<float>()), options_(options), local_connectivity_(local_connectivity),
          random_(seed, stream) {}

    /// neighbors: of the new samples among those of the layout, k >= 1. Returns new samples x m.
    [[nodiscard]] matrix<double> place(const neighbor_graph& neighbors, const execution& where) const {
        matrix<double> result(neighbors.samples, layout_.cols());
        where.parallel_ranges(neighbors.samples, 64, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            for (std::int64_t i = begin; i < end; ++i)
                place_one(neighbors.ids_of(i), neighbors.distances_of(i), result.data() + i * result.cols());
        });
        return result;
    }

private:
    static constexpr std::uint64_t stream = 0x6e6577; // "new"

    /// A neighbor with its counters, as reference_layout keeps them.
    struct counted_edge {
        std::int32_t target = 0;
        float weight = 0;
        double period = 0;
        double next = 0;
        double next_negative = 0;
    };

    [[nodiscard]] random_stream draws_of(std::span<const std::int32_t> ids,
                                         std::span<const float> distances) const {
        std::uint64_t key = 0;
        for (std::size_t c = 0; c < ids.size(); ++c)
            key = mix_bits(key ^ static_cast<std::uint32_t>(ids[c]) ^
                           (std::uint64_t{std::bit_cast<std::uint32_t>(distances[c])} << 32));
        return random_.child(key);
    }

    [[gnu::noinline]] void place_one(std::span<const std::int32_t> ids, std::span<const float> distances,
                                     double* placed) const {
        const auto dimensions = static_cast<std::size_t>(layout_.cols());
        const membership_scale scale = fit_new_membership_scale(distances, local_connectivity_);
        std::vector<counted_edge> edges;
        double sum = 0;
        float largest = 0;
        for (std::size_t c = 0; c < ids.size(); ++c) {
            edges.push_back({.target = ids[c], .weight = membership(distances[c], scale)});
            sum += static_cast<double>(edges.back().weight);
            largest = std::max(largest, edges.back().weight);
        }
        std::array<float, most_dimensions> at{};
        for (std::size_t c = 0; c < dimensions; ++c) {
            double mean = 0;
            for (const counted_edge& edge : edges)
                mean += static_cast<double>(edge.weight) / sum *
                        static_cast<double>(layout_(edge.target, static_cast<Eigen::Index>(c)));
            at[c] = distances[0] > 0 && sum > 0 ? static_cast<float>(mean)
                                                : layout_(ids[0], static_cast<Eigen::Index>(c));
        }
        for (counted_edge& edge : edges) {
            edge.period = static_cast<double>(largest) / static_cast<double>(edge.weight);
            edge.next = edge.period;
            edge.next_negative = edge.period / std::max(options_.negative_sample_rate, 1);
        }
        // One that would not be sampled once does not count.
        std::erase_if(edges, [&](const counted_edge& edge) { return !(edge.period <= options_.epochs); });
        descend_one(edges, draws_of(ids, distances), std::span(at).first(dimensions));
        for (std::size_t c = 0; c < dimensions; ++c)
            placed[c] = static_cast<double>(at[c]);
    }

    void descend_one(std::vector<counted_edge>& edges, const random_stream& random,
                     std::span<float> at) const {
        const auto a = static_cast<float>(options_.curve.a), b = static_cast<float>(options_.curve.b);
        const auto repulsion = static_cast<float>(options_.repulsion_strength);
        const auto n = static_cast<std::uint64_t>(layout_.rows());
        std::uint64_t drawn = 0;
        for (std::int32_t epoch = 0; epoch < options_.epochs; ++epoch) {
            const double late = std::max(0, epoch - 1) / static_cast<double>(options_.epochs);
            const auto step = static_cast<float>(options_.learning_rate * (1 - late));
            for (counted_edge& edge : edges) {
                if (edge.next > epoch)
                    continue;
                move_along(edge.target, step, at, [&](float squared, float powered) {
                    return -2 * a * b * powered / (squared * (1 + a * powered));
                });
                edge.next += edge.period;
                if (options_.negative_sample_rate == 0)
                    continue;
                const double negative_period = edge.period / options_.negative_sample_rate;
                const auto negatives =
                    static_cast<std::int32_t>((epoch - edge.next_negative) / negative_period);
                for (std::int32_t c = 0; c < negatives; ++c)
                    move_along(static_cast<std::int64_t>(random.below(drawn++, n)), step, at,
                               [&](float squared, float powered) {
                                   return 2 * repulsion * b / ((0.001F + squared) * (1 + a * powered));
                               });
                edge.next_negative += negatives * negative_period;
            }
        }
    }

    template <class Strength>
    void move_along(std::int64_t other, float step, std::span<float> at, const Strength& strength) const {
        const float* const target = layout_.data() + other * layout_.cols();
        float squared = 0x1p-40F;
        for (std::size_t c = 0; c < at.size(); ++c)
            squared += (at[c] - target[c]) * (at[c] - target[c]);
        const float pull = strength(squared, power(squared, static_cast<float>(options_.curve.b)));
        for (std::size_t c = 0; c < at.size(); ++c)
            at[c] += step * std::clamp(pull * (at[c] - target[c]), -4.0F, 4.0F);
    }

    matrix<float> layout_;
    layout_options options_;
    double local_connectivity_;
    random_stream random_;
};

} // namespace topoprune::detail
