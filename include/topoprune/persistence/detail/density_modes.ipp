// SPDX-License-Identifier: MIT
#pragma once

#include "density_modes.hpp"

#include "../../core/detail/entry_order.hpp"
#include "../../core/detail/union_find.hpp"

#include <algorithm>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE density_modes find_density_modes(std::span<const double> log_density,
                                                  const std::vector<weighted_edge>& edges,
                                                  double least_persistence) {
    const std::size_t n = log_density.size();
    density_modes modes;
    modes.of.resize(n);
    if (n == 0)
        return modes;
    const auto value = [&](std::int32_t row) { return log_density[static_cast<std::size_t>(row)]; };
    const std::vector<std::int32_t> order =
        sorted_ids(n, [&](std::int32_t a, std::int32_t b) { return value(a) > value(b); });
    std::vector<std::int32_t> rank(n);
    for (std::size_t at = 0; at < n; ++at)
        rank[static_cast<std::size_t>(order[at])] = static_cast<std::int32_t>(at);

    // From here on samples go by their ranks. Edges in the order of entry of their later ends.
    struct entering_edge {
        std::int32_t later, earlier;
        double scale;
    };
    std::vector<entering_edge> entering;
    entering.reserve(edges.size());
    for (const auto& [u, v, scale] : edges) {
        const auto [earlier, later] =
            std::minmax({rank[static_cast<std::size_t>(u)], rank[static_cast<std::size_t>(v)]});
        entering.push_back({later, earlier, scale});
    }
    std::sort(entering.begin(), entering.end(), [](const entering_edge& a, const entering_edge& b) {
        return a.later != b.later ? a.later < b.later : a.earlier < b.earlier;
    });

    const auto value_at = [&](std::int32_t at) { return value(order[static_cast<std::size_t>(at)]); };
    std::vector<std::int32_t> mode(n), joined(n, -1);
    std::vector<double> death(n, value_at(static_cast<std::int32_t>(n - 1)));
    union_find components(n); // its roots are the densest samples
    auto edge = entering.begin();
    for (std::int32_t at = 0; at < std::ssize(order); ++at) {
        const auto begin = edge;
        edge = std::find_if(begin, entering.end(), [&](const entering_edge& e) { return e.later != at; });
        std::int32_t steepest = at, oldest = at;
        double slope = -1;
        for (auto near = begin; near != edge; ++near) {
            const double rise = value_at(near->earlier) - value_at(at);
            const double here =
                near->scale > 0 ? rise / near->scale : std::numeric_limits<double>::infinity();
            if (here > slope) {
                slope = here;
                steepest = near->earlier;
            }
            oldest = std::min(oldest, components.root(near->earlier));
        }
        mode[static_cast<std::size_t>(at)] = steepest == at ? at : mode[static_cast<std::size_t>(steepest)];
        if (oldest == at)
            continue;
        components.join_under(oldest, at);
        for (auto near = begin; near != edge; ++near)
            if (const std::int32_t younger = components.root(near->earlier); younger != oldest) {
                components.join_under(oldest, younger);
                death[static_cast<std::size_t>(younger)] = value_at(at);
                joined[static_cast<std::size_t>(younger)] = oldest;
            }
    }

    // Older modes first: those that a mode joined are final.
    std::vector<std::int32_t> lasting(n);
    for (std::int32_t at = 0; at < std::ssize(order); ++at) {
        const auto i = static_cast<std::size_t>(at);
        const bool lasts = joined[i] < 0 || value_at(at) - death[i] > least_persistence;
        lasting[i] = lasts ? at : lasting[static_cast<std::size_t>(joined[i])];
    }
    for (std::size_t i = 0; i < n; ++i) {
        const std::int32_t top = lasting[static_cast<std::size_t>(mode[i])];
        modes.of[static_cast<std::size_t>(order[i])] = {order[static_cast<std::size_t>(top)], value_at(top),
                                                        death[static_cast<std::size_t>(top)]};
    }
    modes.oldest = order.front();
    return modes;
}

} // namespace topoprune::detail
