// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/random.hpp"
#include "../../../core/simd.hpp"
#include "../shared/mix_bits.hpp"
#include "block_tournament.hpp"
#include "power.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace topoprune::detail {

/// Edges that are moved at once, in the lanes of two or more vectors: the steps of one edge wait for each
/// other, and those of another vector fill the gaps.
inline constexpr std::size_t descent_lanes = 32;

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

/// Sampled edges, a column for each of their numbers.
template <std::size_t Room>
struct edge_columns {
    std::size_t size = 0;
    alignas(64) std::array<std::int32_t, Room> head{};
    alignas(64) std::array<std::int32_t, Room> tail{};
    alignas(64) std::array<std::int32_t, Room> negatives{}; // how many negative samples
    alignas(64) std::array<std::uint32_t, Room> base{};     // the draws of an edge are hashes of base,
    alignas(64) std::array<std::uint32_t, Room> stride{};   // base + stride, ...

    template <std::size_t OtherRoom>
    void append(const edge_columns<OtherRoom>& other, std::size_t from) {
        head[size] = other.head[from];
        tail[size] = other.tail[from];
        negatives[size] = other.negatives[from];
        base[size] = other.base[from];
        stride[size] = other.stride[from];
        ++size;
    }

    /// Ends of the first edge in place of those that are missing: reading them, another task can be neither
    /// disturbed nor seen.
    void fill_up() {
        std::fill(head.begin() + static_cast<std::ptrdiff_t>(size), head.end(), head[0]);
        std::fill(tail.begin() + static_cast<std::ptrdiff_t>(size), tail.end(), tail[0]);
    }
};

/// Edges without a common vertex, which may therefore move in any order or all at once. Lanes beyond `size`
/// are filled up and have no effect.
using edge_group = edge_columns<descent_lanes>;

/// Moves the edges of a group: each pulls its two ends together along the gradient of log w, with
/// w = 1 / (1 + a d^(2b)), and then pushes its head away from drawn vertices, one after another, along that
/// of log(1 - w). Each move is clipped to 4 per coordinate before it is multiplied by the step. The drawn
/// vertices stand where they were before the epoch, the only reading beyond the blocks of the meeting.
/// Dimensions is 2, 3 or 0 for any number.
///
/// Never inlined, so that a result does not depend on the caller.
template <int Dimensions>
[[gnu::noinline]] void move_group(const layout_epoch& epoch, const edge_group& group, float* positions) {
    using real = xsimd::batch<float>;
    using integer = xsimd::batch<std::int32_t>;
    constexpr std::size_t room = Dimensions > 0 ? Dimensions : most_dimensions;
    constexpr std::size_t vector_lanes = real::size;
    static_assert(descent_lanes % vector_lanes == 0);
    constexpr std::size_t vectors = descent_lanes / vector_lanes;
    const std::int32_t dimensions = Dimensions > 0 ? Dimensions : epoch.dimensions;
    const auto coordinates = static_cast<std::size_t>(dimensions);
    const real a(epoch.a), b(epoch.b), step(epoch.step), one(1.0F);
    const real pull_scale(-2 * epoch.a * epoch.b);
    // Added to squared distances: where two points coincide the difference is 0, whatever it is multiplied
    // by.
    const real least_squared(0x1p-40F), near_squared(0.001F);
    const auto clipped = [](const real& x) { return xsimd::min(xsimd::max(x, real(-4.0F)), real(4.0F)); };
    const auto at = [](const float* points, const integer& vertex, std::size_t c) {
        return gather(points + c, vertex);
    };
    std::array<std::array<real, vectors>, room> head, apart;
    std::array<integer, vectors> vertex;
    std::array<real, vectors> squared, strength;
    alignas(64) std::array<float, descent_lanes> lanes;

    for (std::size_t v = 0; v < vectors; ++v)
        vertex[v] = integer::load_aligned(group.head.data() + v * vector_lanes);
    for (std::size_t v = 0; v < vectors; ++v) {
        const integer head_at = vertex[v] * integer(dimensions);
        const integer tail_at =
            integer::load_aligned(group.tail.data() + v * vector_lanes) * integer(dimensions);
        squared[v] = least_squared;
        for (std::size_t c = 0; c < coordinates; ++c) {
            head[c][v] = at(positions, head_at, c);
            apart[c][v] = head[c][v] - at(positions, tail_at, c);
            squared[v] = multiply_add(apart[c][v], apart[c][v], squared[v]);
        }
    }
    for (std::size_t v = 0; v < vectors; ++v) {
        const real powered = power(squared[v], b);
        strength[v] = pull_scale * powered / (squared[v] * multiply_add(a, powered, one));
    }
    for (std::size_t c = 0; c < coordinates; ++c) {
        for (std::size_t v = 0; v < vectors; ++v) {
            const real move = step * clipped(strength[v] * apart[c][v]);
            head[c][v] += move;
            move.store_aligned(lanes.data() + v * vector_lanes);
        }
        for (std::size_t l = 0; l < group.size; ++l)
            positions[group.tail[l] * dimensions + static_cast<std::int32_t>(c)] -= lanes[l];
    }

    alignas(64) std::array<std::int32_t, descent_lanes> drawn;
    alignas(64) std::array<float, descent_lanes> push;
    const float push_scale = 2 * epoch.repulsion_strength * epoch.b;
    const std::int32_t most_negatives =
        *std::max_element(group.negatives.data(), group.negatives.data() + group.size);
    for (std::int32_t draw = 0; draw < most_negatives; ++draw) {
        for (std::size_t l = 0; l < descent_lanes; ++l) {
            const std::uint32_t x =
                mix_bits_32(group.base[l] + static_cast<std::uint32_t>(draw) * group.stride[l]);
            drawn[l] = static_cast<std::int32_t>(
                (static_cast<std::uint64_t>(x) * static_cast<std::uint32_t>(epoch.vertices)) >> 32);
            push[l] = static_cast<float>(int{draw < group.negatives[l]} & int{drawn[l] != group.head[l]}) *
                      push_scale;
        }
        for (std::size_t v = 0; v < vectors; ++v) {
            const integer drawn_at =
                integer::load_aligned(drawn.data() + v * vector_lanes) * integer(dimensions);
            squared[v] = least_squared;
            for (std::size_t c = 0; c < coordinates; ++c) {
                apart[c][v] = head[c][v] - at(epoch.snapshot, drawn_at, c);
                squared[v] = multiply_add(apart[c][v], apart[c][v], squared[v]);
            }
        }
        for (std::size_t v = 0; v < vectors; ++v)
            strength[v] = real::load_aligned(push.data() + v * vector_lanes) /
                          ((near_squared + squared[v]) * multiply_add(a, power(squared[v], b), one));
        for (std::size_t c = 0; c < coordinates; ++c)
            for (std::size_t v = 0; v < vectors; ++v)
                head[c][v] = multiply_add(step, clipped(strength[v] * apart[c][v]), head[c][v]);
    }
    for (std::size_t c = 0; c < coordinates; ++c) {
        for (std::size_t v = 0; v < vectors; ++v)
            head[c][v].store_aligned(lanes.data() + v * vector_lanes);
        for (std::size_t l = 0; l < group.size; ++l)
            positions[group.head[l] * dimensions + static_cast<std::int32_t>(c)] = lanes[l];
    }
}

inline constexpr std::size_t edges_at_once = 512;

/// Of up to edges_at_once edges those that are due, in their order; `first` numbers the first of all.
TOPOPRUNE_DECLARE void find_due_edges(const layout_epoch& epoch, std::int64_t first,
                                      std::span<const placed_edge> edges, edge_columns<edges_at_once>& due);

/// Marks vertices in a small table, where two may share an entry: an edge may then wait for the next group
/// without need, which changes no result.
class vertex_marks {
public:
    /// Marks both and tells whether neither was marked in this group before.
    bool add(std::int32_t head, std::int32_t tail, std::uint32_t group) {
        std::uint32_t& a = marks_[static_cast<std::uint32_t>(head) % size];
        std::uint32_t& b = marks_[static_cast<std::uint32_t>(tail) % size];
        const bool is_free = (a != group) & (b != group);
        a = b = group;
        return is_free;
    }

private:
    static constexpr std::uint32_t size = 2048;
    std::array<std::uint32_t, size> marks_{};
};

/// Samples the edges of one meeting that are due, with the result of moving one after another in their order;
/// `first` numbers the first of them. An edge that shares a vertex with one before it in the group, or with
/// one that waits, waits for the next group.
template <int Dimensions>
[[gnu::noinline]] void descend(const layout_epoch& epoch, std::int64_t first,
                               std::span<const placed_edge> edges, float* positions) {
    edge_columns<edges_at_once> due;
    std::array<std::uint16_t, edges_at_once> order;
    std::array<std::uint16_t, edges_at_once> waiting;
    vertex_marks marks;
    edge_group group;
    std::uint32_t number = 0;
    for (std::size_t begin = 0; begin < edges.size(); begin += edges_at_once) {
        const std::size_t size = std::min(edges_at_once, edges.size() - begin);
        find_due_edges(epoch, first + static_cast<std::int64_t>(begin), edges.subspan(begin, size), due);
        for (std::size_t s = 0; s < due.size; ++s)
            order[s] = static_cast<std::uint16_t>(s);
        for (std::size_t from = 0; from < due.size;) {
            ++number;
            group.size = 0;
            std::size_t to = from, waits = 0;
            for (; to < due.size && group.size < descent_lanes; ++to) {
                const std::uint16_t edge = order[to];
                if (marks.add(due.head[edge], due.tail[edge], number)) [[likely]]
                    group.append(due, edge);
                else
                    waiting[waits++] = edge;
            }
            group.fill_up();
            move_group<Dimensions>(epoch, group, positions);
            from = to - waits;
            std::copy_n(waiting.begin(), waits, order.begin() + static_cast<std::ptrdiff_t>(from));
        }
    }
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "descent.ipp"
#endif
