// SPDX-License-Identifier: MIT
#pragma once

#include "void_pairs.hpp"

#include "loop_pairs.hpp"

#include <algorithm>
#include <unordered_map>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<flag_simplices::key>
void_births(const ranked_edges& edges, const flag_simplices& simplices, const lune_triangles& lunes,
            const std::vector<ranked_triangle>& loop_killers, const execution& where) {
    using key = flag_simplices::key;
    std::vector<key> killers;
    for (const ranked_triangle& t : loop_killers)
        killers.push_back(simplices.triangle(t.last, t.vertex)); // ascending, as the reduction met them
    constexpr std::int64_t grain = 256;
    std::vector<std::vector<key>> parts(static_cast<std::size_t>((edges.size() + grain - 1) / grain));
    where.parallel_ranges(edges.size(), grain, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        for (auto edge = static_cast<std::int32_t>(begin); edge < end; ++edge)
            simplices.for_each_in_lune(edge, [&](std::int32_t w) {
                const key t = simplices.triangle(edge, w);
                if (w != lunes.first_vertex[static_cast<std::size_t>(edge)] &&
                    !simplices.is_apparent_face(t) && !std::binary_search(killers.begin(), killers.end(), t))
                    parts[static_cast<std::size_t>(begin / grain)].push_back(t);
            });
    });
    std::vector<key> births;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        births.insert(births.end(), part->rbegin(), part->rend());
        *part = {};
    }
    return births;
}

TOPOPRUNE_DEFINE coboundary_sum::key coboundary_sum::pivot() {
    while (!heap_.empty()) {
        const key t = heap_.top();
        heap_.pop();
        if (heap_.empty() || heap_.top() != t) {
            heap_.push(t);
            return t;
        }
        heap_.pop();
    }
    return flag_simplices::no_simplex;
}

TOPOPRUNE_DEFINE std::vector<flag_simplices::key>
sum_of_triangles(std::vector<flag_simplices::key> triangles) {
    std::sort(triangles.begin(), triangles.end());
    std::vector<flag_simplices::key> odd;
    for (const flag_simplices::key t : triangles)
        if (!odd.empty() && odd.back() == t)
            odd.pop_back();
        else
            odd.push_back(t);
    return odd;
}

TOPOPRUNE_DEFINE std::vector<persistence_pair> void_pairs(const ranked_edges& edges,
                                                          const lune_triangles& lunes,
                                                          const std::vector<ranked_triangle>& loop_killers,
                                                          const execution& where) {
    using key = flag_simplices::key;
    ranked_neighbors neighbors(edges);
    neighbors.sort_by_vertex();
    const flag_simplices simplices(edges, neighbors);

    std::vector<persistence_pair> pairs;
    std::vector<std::vector<key>> sums;           // the triangles of the columns, for each pair
    std::unordered_map<key, std::size_t> pair_of; // by tetrahedron
    for (std::size_t i = 0; const key birth : void_births(edges, simplices, lunes, loop_killers, where)) {
        if (i++ % 64 == 0)
            where.check_interruption();
        coboundary_sum coboundary;
        std::vector<key> sum;
        const auto add = [&](key triangle) {
            sum.push_back(triangle);
            simplices.for_each_coface(triangle, [&](key t) { coboundary.add(t); });
        };
        add(birth);
        std::int32_t death = -1;
        for (key t = coboundary.pivot(); t != flag_simplices::no_simplex; t = coboundary.pivot()) {
            if (const auto known = pair_of.find(t); known != pair_of.end()) {
                for (const key triangle : sums[known->second])
                    add(triangle);
            } else if (const key face = simplices.apparent_face(t); face != flag_simplices::no_simplex) {
                add(face);
            } else {
                death = simplices.last_edge_of_tetrahedron(t);
                pair_of.emplace(t, pairs.size());
                break;
            }
        }
        pairs.push_back({simplices.last_edge_of_triangle(birth), death});
        sums.push_back(sum_of_triangles(std::move(sum)));
    }
    return pairs;
}

} // namespace topoprune::detail
