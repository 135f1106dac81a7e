// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"
#include "../../../core/random.hpp"
#include "../../../neighbors/metric.hpp"
#include "../../../neighbors/neighbor_graph.hpp"
#include "pair_table.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// How many partners of each kind every sample chooses.
struct pair_counts {
    std::int64_t near = 0;
    std::int64_t mid_near = 0;
    std::int64_t further = 0;

    [[nodiscard]] std::int64_t sum() const { return near + mid_near + further; }
};

/// The numbers that were asked for, as far as n samples have them: where all partners together would be more
/// than the n - 1 other samples, n is shared out in proportion 1 : mid_near_ratio : further_ratio, rounded
/// down, but one near partner at least (pacmap 0.9.1 refuses that last case).
TOPOPRUNE_DECLARE [[nodiscard]] pair_counts count_pairs(std::int64_t n, std::int64_t near,
                                                        double mid_near_ratio, double further_ratio);

/// The typical distance around each sample: the mean of those to its 4th, 5th and 6th neighbor (of the last
/// three where there are fewer), at least 10^-10.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> local_scales(const neighbor_graph& neighbors,
                                                                 const execution& where);

/// The `count` neighbors of each sample that are nearest by d_ij^2 / (s_i s_j), s the local scales (Wang et
/// al. 2021, section 5; ties by rank). Dividing by the neighbor's scale favors neighbors in sparse regions.
/// Needs count <= neighbors.k.
TOPOPRUNE_DECLARE [[nodiscard]] pair_table choose_near_pairs(const neighbor_graph& neighbors,
                                                             std::int64_t count, const execution& where);

[[nodiscard]] inline bool contains(std::span<const std::int32_t> ids, std::int32_t id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// A stream read in order.
struct counted_draws {
    random_stream random;
    std::uint64_t next = 0;

    /// Uniform among the samples that are not refused; one of them must be left. After many refusals, the
    /// next one that is not.
    template <class Refused>
    std::int32_t draw(std::int64_t samples, const Refused& refused) {
        for (int attempt = 0; attempt < 256; ++attempt) {
            const auto id =
                static_cast<std::int32_t>(random.below(next++, static_cast<std::uint64_t>(samples)));
            if (!refused(id))
                return id;
        }
        auto id = static_cast<std::int32_t>(random.below(next++, static_cast<std::uint64_t>(samples)));
        while (refused(id))
            id = static_cast<std::int32_t>((id + 1) % samples);
        return id;
    }
};

/// Mid-near partners: for each, up to 6 distinct others are drawn that are no mid-near partner of the sample
/// yet, and the second nearest of them is taken (Wang et al. 2021, section 5). Needs count < n.
template <Metric M>
[[nodiscard]] pair_table draw_mid_near_pairs(matrix_view<const float> features, const M& metric,
                                             std::int64_t count, const random_stream& random,
                                             const execution& where) {
    constexpr std::int64_t candidates = 6;
    const std::int64_t n = features.rows();
    pair_table pairs(n, count);
    where.parallel_ranges(n, 256, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            counted_draws draws{random.child(static_cast<std::uint64_t>(i))};
            const auto chosen = pairs.of(i);
            for (std::int64_t p = 0; p < count; ++p) {
                const auto before = chosen.first(static_cast<std::size_t>(p));
                const auto size = static_cast<std::size_t>(std::min(candidates, n - 1 - p));
                std::array<std::int32_t, candidates> drawn{};
                double nearest = std::numeric_limits<double>::infinity(), second = nearest;
                std::int32_t nearest_id = -1, second_id = -1;
                for (std::size_t c = 0; c < size; ++c) {
                    drawn[c] = draws.draw(n, [&](std::int32_t id) {
                        return id == i || contains(std::span(drawn).first(c), id) || contains(before, id);
                    });
                    const double distance = metric.distance(features.row(i), features.row(drawn[c]));
                    if (nearest_id < 0 || distance < nearest) {
                        second = std::exchange(nearest, distance);
                        second_id = std::exchange(nearest_id, drawn[c]);
                    } else if (second_id < 0 || distance < second) {
                        second = distance;
                        second_id = drawn[c];
                    }
                }
                chosen[static_cast<std::size_t>(p)] = size > 1 ? second_id : nearest_id;
            }
        }
    });
    return pairs;
}

/// Further partners: distinct others, drawn uniformly, that are no near partner of the sample.
/// Needs near.count + count < n.
TOPOPRUNE_DECLARE [[nodiscard]] pair_table draw_further_pairs(const pair_table& near, std::int64_t count,
                                                              const random_stream& random,
                                                              const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "pacmap_pairs.ipp"
#endif
