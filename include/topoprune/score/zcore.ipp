// SPDX-License-Identifier: MIT
#pragma once

#include "zcore.hpp"

#include "detail/plane_coverage.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> zcore::column(const dataset& data, const execution& where) const {
    require(!probes || *probes >= 1, "zcore", "probes", probes.value_or(0), "at least 1");
    require(redundant >= 1, "zcore", "redundant", redundant, "at least 1");
    require_features(data, "zcore");
    const std::int64_t n = data.samples(), d = data.features.columns();
    std::vector<double> column(static_cast<std::size_t>(n), 0.0);
    if (n < 2 || d == 0)
        return column;
    const std::vector<detail::feature_axis> axes = detail::feature_axes(data.features, where);
    const std::vector<plane_probe> drawn =
        draw_planes(probes.value_or(std::min<std::int64_t>(1'000'000, 10 * n)), axes.size(), where.seed());
    // Sixteen sums, added in order: the same bits on any number of threads.
    constexpr std::size_t shares = 16;
    std::vector<std::vector<double>> sums(shares);
    where.parallel_for(shares, [&](std::int64_t share) {
        const auto at = static_cast<std::size_t>(share);
        sums[at].assign(column.size(), 0.0);
        run_probes(std::span(drawn).subspan(at * drawn.size() / shares,
                                            (at + 1) * drawn.size() / shares - at * drawn.size() / shares),
                   axes, where, sums[at]);
    });
    for (const std::vector<double>& own : sums)
        for (std::size_t i = 0; i < column.size(); ++i)
            column[i] += own[i];
    const auto [low, high_value] = std::minmax_element(column.begin(), column.end());
    const double least = *low, range = *high_value - least;
    for (double& value : column)
        value = range > 0 ? (value - least) / range : 0.0;
    return column;
}

TOPOPRUNE_DEFINE std::vector<zcore::plane_probe> zcore::draw_planes(std::int64_t count, std::size_t features,
                                                                    std::uint64_t seed) {
    std::vector<plane_probe> drawn;
    const auto d = static_cast<std::uint64_t>(features);
    for (std::uint64_t probe = 0; probe < static_cast<std::uint64_t>(count); ++probe) {
        const random_stream random = random_of(probe, seed);
        const auto first = static_cast<std::uint32_t>(random.below(0, d));
        const auto second = d == 1 ? 0 : static_cast<std::uint32_t>((first + 1 + random.below(1, d - 1)) % d);
        drawn.push_back({std::min(first, second), std::max(first, second), probe});
    }
    std::sort(drawn.begin(), drawn.end());
    return drawn;
}

TOPOPRUNE_DEFINE float zcore::place(const detail::feature_axis& axis, double u) {
    const double range = axis.most - axis.least;
    if (!(range > 0))
        return static_cast<float>(axis.least);
    const double turn = (axis.median - axis.least) / range;
    return static_cast<float>(u < turn ? axis.least + range * std::sqrt(u * turn)
                                       : axis.most - range * std::sqrt((1 - u) * (1 - turn)));
}

TOPOPRUNE_DEFINE void zcore::run_probes(std::span<const plane_probe> drawn,
                                        const std::vector<detail::feature_axis>& axes, const execution& where,
                                        std::vector<double>& sums) const {
    detail::plane_coverage plane(sums.size(), redundant);
    for (auto begin = drawn.begin(); begin != drawn.end();) {
        where.check_interruption();
        const detail::feature_axis& x = axes[begin->first];
        const detail::feature_axis& y = axes[begin->second];
        const auto end = std::find_if(begin, drawn.end(), [&](const plane_probe& other) {
            return other.first != begin->first || other.second != begin->second;
        });
        plane.begin(x, y);
        for (; begin != end; ++begin) {
            const random_stream random = random_of(begin->probe, where.seed());
            // The feature that was drawn first has the first of the two numbers.
            const bool in_order = random.below(0, axes.size()) == begin->first;
            const float at_x = place(x, random.uniform(in_order ? 2 : 3));
            // On a line both features are the same, and so all distances are twice as long.
            plane.add_probe(at_x, axes.size() == 1 ? at_x : place(y, random.uniform(in_order ? 3 : 2)));
        }
        plane.end(sums);
    }
}

} // namespace topoprune
