// SPDX-License-Identifier: MIT
#pragma once

#include "rips_barcode.hpp"

#include "../core/checks.hpp"
#include "detail/loop_pairs.hpp"
#include "detail/lune_triangles.hpp"
#include "detail/void_pairs.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<persistence_pair> rips_pairs(const ranked_edges& edges, int degree,
                                                          const execution& where) {
    if (degree == 0)
        return component_pairs(edges);
    const lune_triangles lunes = find_lune_triangles(edges, where);
    const loop_pairs loops = find_loop_pairs(edges, lunes, where);
    return degree == 1 ? loops.pairs : void_pairs(edges, lunes, loops.killers, where);
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE barcode persistence_barcode(const rips_graph& graph, int degree, const execution& where) {
    require(degree >= 0 && degree <= 2, "persistence_barcode", "degree", degree, "0, 1 or 2");
    const detail::ranked_edges edges(graph);
    return detail::bars_of(
        detail::rips_pairs(edges, degree, where), static_cast<std::size_t>(degree),
        [&](std::size_t, std::int32_t rank) { return rank < 0 ? 0.0 : edges.scale(rank); },
        [&](std::size_t, std::int32_t rank) { return rank < 0 ? -1 : edges.place(rank); });
}

} // namespace topoprune
