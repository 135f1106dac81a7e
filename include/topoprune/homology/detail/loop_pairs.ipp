// SPDX-License-Identifier: MIT
#pragma once

#include "loop_pairs.hpp"

#include "bit_tree_column.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<persistence_pair> component_pairs(const ranked_edges& edges) {
    std::vector<persistence_pair> pairs;
    for (const std::int32_t edge : spanning_forest(edges, [](std::int32_t) { return true; }))
        pairs.push_back({-1, edge});
    pairs.resize(static_cast<std::size_t>(edges.vertices()));
    return pairs;
}

TOPOPRUNE_DEFINE loop_pairs find_loop_pairs(const ranked_edges& edges, const lune_triangles& lunes,
                                            const execution& where) {
    const auto count = static_cast<std::size_t>(edges.size());
    std::vector<bool> gives_birth(count);
    std::int64_t alive = 0;
    for (std::int32_t edge = 0; edge < edges.size(); ++edge)
        if (lunes.is_empty(edge)) {
            gives_birth[static_cast<std::size_t>(edge)] = true;
            ++alive;
        }
    for (const std::int32_t edge :
         spanning_forest(edges, [&](std::int32_t e) { return lunes.is_empty(e); })) {
        gives_birth[static_cast<std::size_t>(edge)] = false;
        --alive;
    }

    loop_pairs result;
    std::vector<std::vector<std::int32_t>> reduced; // boundaries, one for each pair
    std::vector<std::int32_t> pair_of(count, -1);   // by the edge that gives birth
    bit_tree_column boundary(count);
    const auto add_boundary = [&](const ranked_triangle& triangle) {
        boundary.add(triangle.last);
        boundary.add(edges.between(edges.ends(triangle.last).u, triangle.vertex));
        boundary.add(edges.between(edges.ends(triangle.last).v, triangle.vertex));
    };
    for (std::size_t i = 0; const ranked_triangle& triangle : lunes.further) {
        if (alive == 0)
            break;
        if (i++ % 1024 == 0)
            where.check_interruption();
        add_boundary(triangle);
        for (std::int32_t edge = boundary.pivot(); edge >= 0; edge = boundary.pivot()) {
            const auto at = static_cast<std::size_t>(edge);
            if (!lunes.is_empty(edge)) {
                add_boundary({edge, lunes.first_vertex[at]});
            } else if (pair_of[at] >= 0) {
                boundary.add_all(reduced[static_cast<std::size_t>(pair_of[at])]);
            } else {
                pair_of[at] = static_cast<std::int32_t>(result.pairs.size());
                result.pairs.push_back({edge, triangle.last});
                result.killers.push_back(triangle);
                gives_birth[at] = false;
                --alive;
                reduced.push_back(boundary.take());
            }
        }
    }
    for (std::int32_t edge = 0; edge < edges.size(); ++edge)
        if (gives_birth[static_cast<std::size_t>(edge)])
            result.pairs.push_back({edge, -1});
    return result;
}

} // namespace topoprune::detail
