// SPDX-License-Identifier: MIT
#pragma once

#include "reference_layout.hpp"

#include "../../../core/checks.hpp"
#include "../../../core/simd.hpp"

#include <bit>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::int32_t tausworthe::operator()() {
    state[0] = step(state[0], 4294967294, 12, 13, 19);
    state[1] = step(state[1], 4294967288, 4, 2, 25);
    state[2] = step(state[2], 4294967280, 17, 3, 11);
    return static_cast<std::int32_t>(state[0] ^ state[1] ^ state[2]);
}

TOPOPRUNE_DEFINE reference_layout::reference_layout(const weighted_graph& graph, const matrix<float>& start,
                                                    const layout_options& options,
                                                    const std::array<std::int64_t, 3>& random_state)
    : options_(options), positions_(start) {
    require(start.rows() == graph.vertices(), "layout", "rows of the start", start.rows(),
            "the number of vertices,", graph.vertices());
    const float largest =
        graph.weights.empty() ? 0.0F : *std::max_element(graph.weights.begin(), graph.weights.end());
    const auto epochs = static_cast<float>(options.epochs);
    edges_.reserve(graph.weights.size());
    for (std::int64_t i = 0; i < graph.vertices(); ++i)
        for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge) {
            const float samples = epochs * (graph.weight(edge) / largest);
            const double period = static_cast<double>(epochs) / static_cast<double>(samples);
            edges_.push_back({.head = static_cast<std::int32_t>(i),
                              .tail = graph.target(edge),
                              .period = period,
                              .next = period,
                              .next_negative = period / options.negative_sample_rate});
        }
    seed_generators(random_state);
}

TOPOPRUNE_DEFINE reference_layout reference_layout::member(std::uint64_t number) const {
    reference_layout other = *this;
    if (number > 0)
        other.seed_generators(random_state_of(random_.child(number)));
    return other;
}

TOPOPRUNE_DEFINE void reference_layout::run_epoch(const execution& where) {
    where.check_interruption();
    // Learning slows down linearly, one epoch late.
    const double late = std::max(0, epoch_ - 1) / static_cast<double>(options_.epochs);
    const double step = options_.learning_rate * (1.0 - late);
    for (counted_edge& edge : edges_)
        if (edge.next <= epoch_)
            sample(edge, step);
    ++epoch_;
}

TOPOPRUNE_DEFINE void reference_layout::seed_generators(const std::array<std::int64_t, 3>& random_state) {
    generators_.assign(static_cast<std::size_t>(positions_.rows()), {});
    for (std::size_t i = 0; i < generators_.size(); ++i) {
        const auto bits =
            std::bit_cast<std::uint64_t>(static_cast<double>(positions_(static_cast<Eigen::Index>(i), 0)));
        for (std::size_t word = 0; word < 3; ++word)
            generators_[i].state[word] =
                static_cast<std::int64_t>(static_cast<std::uint64_t>(random_state[word]) + bits);
    }
}

TOPOPRUNE_DEFINE double reference_layout::squared_distance(std::int64_t i, std::int64_t j) const {
    float sum = 0;
    for (std::int64_t c = 0; c < positions_.cols(); ++c) {
        const float apart = positions_(i, c) - positions_(j, c);
        sum = multiply_add(apart, apart, sum);
    }
    return static_cast<double>(sum);
}

TOPOPRUNE_DEFINE void reference_layout::sample(counted_edge& edge, double step) {
    const double a = options_.curve.a, b = options_.curve.b;
    const std::int64_t head = edge.head, tail = edge.tail;
    const double squared = squared_distance(head, tail);
    const double pull =
        squared > 0 ? -2 * a * b * std::pow(squared, b - 1) / (a * std::pow(squared, b) + 1) : 0.0;
    for (std::int64_t c = 0; c < positions_.cols(); ++c) {
        const double move =
            step * clip(pull * static_cast<double>(positions_(head, c) - positions_(tail, c)));
        positions_(head, c) = static_cast<float>(static_cast<double>(positions_(head, c)) + move);
        positions_(tail, c) = static_cast<float>(static_cast<double>(positions_(tail, c)) - move);
    }
    edge.next += edge.period;
    if (options_.negative_sample_rate == 0)
        return;
    const double negative_period = edge.period / options_.negative_sample_rate;
    const auto negatives = static_cast<std::int32_t>((epoch_ - edge.next_negative) / negative_period);
    for (std::int32_t drawn = 0; drawn < negatives; ++drawn) {
        const std::int64_t n = positions_.rows();
        const std::int64_t other =
            (generators_[static_cast<std::size_t>(head)]() % n + n) % n; // never negative
        repel(head, other, step);
    }
    edge.next_negative += negatives * negative_period;
}

TOPOPRUNE_DEFINE void reference_layout::repel(std::int64_t head, std::int64_t other, double step) {
    const double a = options_.curve.a, b = options_.curve.b;
    const double squared = squared_distance(head, other);
    if (!(squared > 0))
        return;
    const double push =
        2 * options_.repulsion_strength * b / ((0.001 + squared) * (a * std::pow(squared, b) + 1));
    for (std::int64_t c = 0; c < positions_.cols(); ++c)
        positions_(head, c) = static_cast<float>(
            static_cast<double>(positions_(head, c)) +
            step * clip(push * static_cast<double>(positions_(head, c) - positions_(other, c))));
}

} // namespace topoprune::detail
