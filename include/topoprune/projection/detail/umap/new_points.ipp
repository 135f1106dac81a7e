// SPDX-License-Identifier: MIT
#pragma once

#include "new_points.hpp"

#include "descent.hpp"
#include "membership.hpp"

#include <bit>

namespace topoprune::detail {

TOPOPRUNE_DEFINE matrix<double> new_points::place(const neighbor_graph& neighbors,
                                                  const execution& where) const {
    matrix<double> result(neighbors.samples, layout_.cols());
    where.parallel_ranges(neighbors.samples, 64, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        for (std::int64_t i = begin; i < end; ++i)
            place_one(neighbors.ids_of(i), neighbors.distances_of(i), result.data() + i * result.cols());
    });
    return result;
}

TOPOPRUNE_DEFINE random_stream new_points::draws_of(std::span<const std::int32_t> ids,
                                                    std::span<const float> distances) const {
    std::uint64_t key = 0;
    for (std::size_t c = 0; c < ids.size(); ++c)
        key = mix_bits(key ^ static_cast<std::uint32_t>(ids[c]) ^
                       (std::uint64_t{std::bit_cast<std::uint32_t>(distances[c])} << 32));
    return random_.child(key);
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void new_points::place_one(std::span<const std::int32_t> ids,
                                                        std::span<const float> distances,
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

TOPOPRUNE_DEFINE void new_points::descend_one(std::vector<counted_edge>& edges, const random_stream& random,
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
            const auto negatives = static_cast<std::int32_t>((epoch - edge.next_negative) / negative_period);
            for (std::int32_t c = 0; c < negatives; ++c)
                move_along(static_cast<std::int64_t>(random.below(drawn++, n)), step, at,
                           [&](float squared, float powered) {
                               return 2 * repulsion * b / ((0.001F + squared) * (1 + a * powered));
                           });
            edge.next_negative += negatives * negative_period;
        }
    }
}

} // namespace topoprune::detail
