// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/random.hpp"
#include "block_tournament.hpp"
#include "edge_clock.hpp"
#include "power.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace topoprune::detail {

/// Edges that are moved at once, one in each lane of a vector.
inline constexpr std::size_t descent_lanes = 8;

template <class T>
using in_lanes = std::array<T, descent_lanes>;

/// The most dimensions of a layout.
inline constexpr int most_dimensions = 64;

/// What the samples of one epoch share.
struct layout_epoch {
    std::int32_t number;
    std::int32_t vertices;
    std::int32_t dimensions;
    std::int32_t negative_sample_rate;
    double rate_of_weight; // 1 / largest weight
    float step;            // the learning rate
    float a, b, repulsion_strength;
    random_stream random;
    const float* snapshot; // all positions as they were before the epoch
};

/// Up to `descent_lanes` sampled edges without a common vertex, which may therefore move in any order or all
/// at once.
struct edge_group {
    std::size_t size = 0;
    in_lanes<std::int32_t> head;
    in_lanes<std::int32_t> tail;
    in_lanes<std::int32_t> negatives; // how many negative samples
    in_lanes<std::uint32_t> base;     // the draws of an edge are hashes of base, base + stride, ...
    in_lanes<std::uint32_t> stride;

    [[nodiscard]] bool shares_vertex(const placed_edge& edge) const {
        int shared = 0; // in integers: a chain of conditions would be a chain of branches
        for (std::size_t l = 0; l < size; ++l)
            shared |= int{head[l] == edge.head} | int{head[l] == edge.tail} | int{tail[l] == edge.head} |
                      int{tail[l] == edge.tail};
        return shared != 0;
    }

    void add(const placed_edge& edge, std::int32_t negative_samples, std::uint64_t bits) {
        head[size] = edge.head;
        tail[size] = edge.tail;
        negatives[size] = negative_samples;
        base[size] = static_cast<std::uint32_t>(bits);
        stride[size] = static_cast<std::uint32_t>(bits >> 32) | 1U;
        ++size;
    }

    /// Lanes without an edge repeat the first one, without effect.
    void fill() {
        for (std::size_t l = size; l < descent_lanes; ++l) {
            head[l] = head[0];
            tail[l] = tail[0];
            negatives[l] = 0;
            base[l] = stride[l] = 0;
        }
    }
};

/// x within [-4, 4], in integers: comparisons of floats would become branches that vector code cannot have.
[[gnu::always_inline]] inline float clipped(float x) {
    const auto bits = std::bit_cast<std::uint32_t>(x);
    const std::uint32_t size = std::min(bits & 0x7fffffffU, std::bit_cast<std::uint32_t>(4.0F));
    return std::bit_cast<float>((bits & 0x80000000U) | size);
}

/// Well mixed bits of x (Wellons 2018, "lowbias32").
[[gnu::always_inline]] inline std::uint32_t mix_bits_32(std::uint32_t x) {
    x = (x ^ (x >> 16)) * 0x7feb352dU;
    x = (x ^ (x >> 15)) * 0x846ca68bU;
    return x ^ (x >> 16);
}

/// Moves the edges of a group: each pulls its two ends together along the gradient of log w, with
/// w = 1 / (1 + a d^(2b)), and then pushes its head away from drawn vertices, one after another, along that
/// of log(1 - w). Each move is clipped to 4 per coordinate before it is multiplied by the step. The drawn
/// vertices stand where they were before the epoch, the only reading beyond the blocks of the meeting.
/// Dimensions is 2, 3 or 0 for any number.
///
/// Never inlined: in a second instance the compiler might contract other multiplications and additions, and
/// the bits of a result would depend on the caller.
template <int Dimensions>
[[gnu::noinline]] void move_group(const layout_epoch& epoch, const edge_group& group, float* positions) {
    constexpr std::size_t room = Dimensions > 0 ? Dimensions : most_dimensions;
    const std::int32_t dimensions = Dimensions > 0 ? Dimensions : epoch.dimensions;
    const auto coordinates = static_cast<std::size_t>(dimensions);
    const float a = epoch.a, b = epoch.b, step = epoch.step;
    const float pull_scale = -2 * a * b, push_scale = 2 * epoch.repulsion_strength * b;
    // Added to squared distances: where two points coincide the difference is 0, whatever it is multiplied
    // by.
    constexpr float least_squared = 0x1p-40F;
    alignas(64) std::array<in_lanes<float>, room> head, apart;
    alignas(64) in_lanes<float> squared, strength;
    alignas(64) in_lanes<std::int32_t> other;

    squared.fill(least_squared);
    for (std::size_t c = 0; c < coordinates; ++c)
        for (std::size_t l = 0; l < descent_lanes; ++l) {
            head[c][l] = positions[group.head[l] * dimensions + static_cast<std::int32_t>(c)];
            apart[c][l] = head[c][l] - positions[group.tail[l] * dimensions + static_cast<std::int32_t>(c)];
            squared[l] += apart[c][l] * apart[c][l];
        }
    for (std::size_t l = 0; l < descent_lanes; ++l) {
        const float powered = power(squared[l], b);
        strength[l] = pull_scale * powered / (squared[l] * (1 + a * powered));
    }
    for (std::size_t c = 0; c < coordinates; ++c) {
        for (std::size_t l = 0; l < descent_lanes; ++l) {
            apart[c][l] = step * clipped(strength[l] * apart[c][l]);
            head[c][l] += apart[c][l];
        }
        for (std::size_t l = 0; l < group.size; ++l)
            positions[group.tail[l] * dimensions + static_cast<std::int32_t>(c)] -= apart[c][l];
    }

    const std::int32_t most_negatives = *std::max_element(group.negatives.begin(), group.negatives.end());
    for (std::int32_t drawn = 0; drawn < most_negatives; ++drawn) {
        for (std::size_t l = 0; l < descent_lanes; ++l) {
            const std::uint32_t x =
                mix_bits_32(group.base[l] + static_cast<std::uint32_t>(drawn) * group.stride[l]);
            other[l] = static_cast<std::int32_t>(
                (static_cast<std::uint64_t>(x) * static_cast<std::uint32_t>(epoch.vertices)) >> 32);
        }
        squared.fill(least_squared);
        for (std::size_t c = 0; c < coordinates; ++c)
            for (std::size_t l = 0; l < descent_lanes; ++l) {
                apart[c][l] =
                    head[c][l] - epoch.snapshot[other[l] * dimensions + static_cast<std::int32_t>(c)];
                squared[l] += apart[c][l] * apart[c][l];
            }
        for (std::size_t l = 0; l < descent_lanes; ++l) {
            const auto counts =
                static_cast<float>(int{drawn < group.negatives[l]} & int{other[l] != group.head[l]});
            strength[l] = counts * push_scale / ((0.001F + squared[l]) * (1 + a * power(squared[l], b)));
        }
        for (std::size_t c = 0; c < coordinates; ++c)
            for (std::size_t l = 0; l < descent_lanes; ++l)
                head[c][l] += step * clipped(strength[l] * apart[c][l]);
    }
    for (std::size_t c = 0; c < coordinates; ++c)
        for (std::size_t l = 0; l < group.size; ++l)
            positions[group.head[l] * dimensions + static_cast<std::int32_t>(c)] = head[c][l];
}

/// Samples the edges of one meeting that are due, in their order; `first` numbers the first of them.
template <int Dimensions>
[[gnu::noinline]] void descend(const layout_epoch& epoch, std::int64_t first,
                               std::span<const placed_edge> edges, float* positions) {
    constexpr std::size_t chunk = 256;
    std::array<std::uint8_t, chunk> due;
    std::array<std::uint32_t, chunk> sampled;
    edge_group group;
    const auto move = [&] {
        group.fill();
        move_group<Dimensions>(epoch, group, positions);
        group.size = 0;
    };
    for (std::size_t begin = 0; begin < edges.size(); begin += chunk) {
        const std::size_t size = std::min(chunk, edges.size() - begin);
        for (std::size_t i = 0; i < size; ++i)
            due[i] = is_sampled(edges[begin + i].weight * epoch.rate_of_weight, epoch.number);
        std::size_t count = 0;
        for (std::size_t i = 0; i < size; ++i) {
            sampled[count] = static_cast<std::uint32_t>(begin + i);
            count += due[i];
        }
        for (std::size_t s = 0; s < count; ++s) {
            const placed_edge& edge = edges[sampled[s]];
            if (group.size == descent_lanes || group.shares_vertex(edge))
                move();
            group.add(edge,
                      count_negative_samples(edge.weight * epoch.rate_of_weight, epoch.number,
                                             epoch.negative_sample_rate),
                      epoch.random.bits(static_cast<std::uint64_t>(first) + sampled[s]));
        }
    }
    if (group.size > 0)
        move();
}

} // namespace topoprune::detail
