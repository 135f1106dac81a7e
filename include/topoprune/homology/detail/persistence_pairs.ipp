// SPDX-License-Identifier: MIT
#pragma once

#include "persistence_pairs.hpp"

#include "../../core/detail/union_find.hpp"
#include "bit_tree_column.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int32_t> killers_of_vertices(const graded_level<1>& edges,
                                                               const graded_level<1>& vertices) {
    std::vector<std::int32_t> killer(vertices.size(), -1);
    union_find components(vertices.size()); // its roots are the oldest vertices
    for (const std::int32_t edge : order_of_entry(edges)) {
        const auto ends = edges.boundary(edge);
        std::int32_t older = components.root(ends[0]);
        std::int32_t younger = components.root(ends[1]);
        if (older == younger)
            continue;
        if (vertices.grade(younger)[0] < vertices.grade(older)[0] ||
            (vertices.grade(younger)[0] == vertices.grade(older)[0] && younger < older))
            std::swap(older, younger);
        components.join_under(older, younger);
        killer[static_cast<std::size_t>(younger)] = edge;
    }
    return killer;
}

TOPOPRUNE_DEFINE std::vector<std::int32_t> killers_of_faces(const graded_level<1>& simplices,
                                                            const graded_level<1>& faces,
                                                            const std::vector<bool>& cleared,
                                                            const execution& where) {
    const std::vector<std::int32_t> face_at = order_of_entry(faces);
    std::vector<std::int32_t> row(faces.size());
    for (std::size_t i = 0; i < face_at.size(); ++i)
        row[static_cast<std::size_t>(face_at[i])] = static_cast<std::int32_t>(i);
    std::vector<std::int32_t> killer(faces.size(), -1);
    std::vector<std::vector<std::int32_t>> columns(faces.size()); // reduced, by their pivot
    bit_tree_column column(faces.size());
    for (std::size_t i = 0; const std::int32_t simplex : order_of_entry(simplices)) {
        if (i++ % 1024 == 0)
            where.check_interruption();
        if (cleared[static_cast<std::size_t>(simplex)])
            continue;
        for (const std::int32_t face : simplices.boundary(simplex))
            column.add(row[static_cast<std::size_t>(face)]);
        for (std::int32_t pivot = column.pivot(); pivot >= 0; pivot = column.pivot()) {
            const auto face = static_cast<std::size_t>(face_at[static_cast<std::size_t>(pivot)]);
            if (killer[face] < 0) {
                killer[face] = simplex;
                columns[static_cast<std::size_t>(pivot)] = column.take();
                break;
            }
            column.add_all(columns[static_cast<std::size_t>(pivot)]);
        }
    }
    return killer;
}

TOPOPRUNE_DEFINE std::vector<persistence_pair> persistence_pairs(std::span<const graded_level<1>> levels,
                                                                 std::size_t q, const execution& where) {
    if (q >= levels.size())
        return {};
    const auto killers = [&](std::size_t p, const std::vector<bool>& cleared) {
        return p == 1 ? killers_of_vertices(levels[1], levels[0])
                      : killers_of_faces(levels[p], levels[p - 1], cleared, where);
    };
    std::vector<std::int32_t> killer(levels[q].size(), -1);
    if (q + 1 < levels.size())
        killer = killers(q + 1, std::vector<bool>(levels[q + 1].size(), false));
    std::vector<bool> is_cycle(levels[q].size(), true);
    if (q > 0) {
        std::vector<bool> cleared(levels[q].size());
        for (std::size_t s = 0; s < cleared.size(); ++s)
            cleared[s] = killer[s] >= 0;
        for (const std::int32_t not_cycle : killers(q, cleared))
            if (not_cycle >= 0)
                is_cycle[static_cast<std::size_t>(not_cycle)] = false;
    }
    std::vector<persistence_pair> pairs;
    for (std::size_t s = 0; s < killer.size(); ++s)
        if (is_cycle[s])
            pairs.push_back({static_cast<std::int32_t>(s), killer[s]});
    return pairs;
}

} // namespace topoprune::detail
