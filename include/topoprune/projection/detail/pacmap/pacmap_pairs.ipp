// SPDX-License-Identifier: MIT
#pragma once

#include "pacmap_pairs.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE pair_counts count_pairs(std::int64_t n, std::int64_t near, double mid_near_ratio,
                                         double further_ratio) {
    const auto others = std::max<std::int64_t>(n - 1, 0);
    const auto at_most = [](double value, std::int64_t bound) {
        return value < static_cast<double>(bound) ? static_cast<std::int64_t>(value) : bound;
    };
    const auto asked = static_cast<double>(near);
    pair_counts counts;
    counts.near = std::min(near, others);
    // nearbyint: to the nearest, halves to even.
    counts.mid_near = at_most(std::nearbyint(asked * mid_near_ratio), others);
    counts.further = at_most(std::nearbyint(asked * further_ratio), others - counts.near);
    if (counts.sum() >= n) {
        const double share = static_cast<double>(n) / (1 + mid_near_ratio + further_ratio);
        counts.near = std::clamp<std::int64_t>(at_most(share, others), std::min<std::int64_t>(1, others),
                                               std::min(near, others));
        counts.mid_near = at_most(share * mid_near_ratio, others - counts.near);
        counts.further = at_most(share * further_ratio, others - counts.near);
    }
    return counts;
}

TOPOPRUNE_DEFINE std::vector<double> local_scales(const neighbor_graph& neighbors, const execution& where) {
    std::vector<double> scales(static_cast<std::size_t>(neighbors.samples));
    const auto last = static_cast<std::size_t>(std::min<std::int64_t>(6, neighbors.k));
    const std::size_t first = last > 3 ? last - 3 : 0;
    where.parallel_ranges(neighbors.samples, 1024, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            double sum = 0;
            for (std::size_t rank = first; rank < last; ++rank)
                sum += static_cast<double>(neighbors.distances_of(i)[rank]);
            scales[static_cast<std::size_t>(i)] =
                std::max(sum / static_cast<double>(std::max<std::size_t>(last - first, 1)), 1e-10);
        }
    });
    return scales;
}

TOPOPRUNE_DEFINE pair_table choose_near_pairs(const neighbor_graph& neighbors, std::int64_t count,
                                              const execution& where) {
    const std::vector<double> scales = local_scales(neighbors, where);
    pair_table pairs(neighbors.samples, count);
    where.parallel_ranges(neighbors.samples, 256, [&](std::int64_t begin, std::int64_t end) {
        std::vector<std::pair<double, std::int64_t>> ranked(static_cast<std::size_t>(neighbors.k));
        for (std::int64_t i = begin; i < end; ++i) {
            const auto ids = neighbors.ids_of(i);
            for (std::size_t rank = 0; rank < ids.size(); ++rank) {
                const auto distance = static_cast<double>(neighbors.distances_of(i)[rank]);
                // By s_i too, although it is common to all: then no distance is too large to be squared.
                ranked[rank] = {distance / scales[static_cast<std::size_t>(i)] *
                                    (distance / scales[static_cast<std::size_t>(ids[rank])]),
                                static_cast<std::int64_t>(rank)};
            }
            std::partial_sort(ranked.begin(), ranked.begin() + count, ranked.end());
            for (std::int64_t p = 0; p < count; ++p)
                pairs.of(i)[static_cast<std::size_t>(p)] =
                    ids[static_cast<std::size_t>(ranked[static_cast<std::size_t>(p)].second)];
        }
    });
    return pairs;
}

TOPOPRUNE_DEFINE pair_table draw_further_pairs(const pair_table& near, std::int64_t count,
                                               const random_stream& random, const execution& where) {
    pair_table pairs(near.samples, count);
    where.parallel_ranges(near.samples, 256, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            counted_draws draws{random.child(static_cast<std::uint64_t>(i))};
            const auto chosen = pairs.of(i);
            for (std::size_t p = 0; p < chosen.size(); ++p)
                chosen[p] = draws.draw(near.samples, [&](std::int32_t id) {
                    return id == i || contains(chosen.first(p), id) || contains(near.of(i), id);
                });
        }
    });
    return pairs;
}

} // namespace topoprune::detail
