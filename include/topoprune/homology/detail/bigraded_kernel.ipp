// SPDX-License-Identifier: MIT
#pragma once

#include "bigraded_kernel.hpp"

#include "../../core/detail/entry_order.hpp"
#include "ascending_order.hpp"
#include "bit_tree_column.hpp"
#include "incremental_spanning_forest.hpp"

#include <tuple>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int32_t> order_of_entry(const graded_level<2>& level) {
    std::vector<double> key;
    key.reserve(level.size());
    for (std::size_t i = 0; i < level.size(); ++i)
        key.push_back(level.grade(static_cast<std::int32_t>(i))[0]);
    const std::vector<std::int32_t> order = ascending_order(key);
    for (std::size_t i = 0; i < order.size(); ++i)
        key[i] = level.grade(order[i])[1];
    std::vector<std::int32_t> entering = ascending_order(key); // keeps the order of the first grade
    for (std::int32_t& place : entering)
        place = order[static_cast<std::size_t>(place)];
    return entering;
}

TOPOPRUNE_DEFINE std::vector<std::int32_t> ranks_of_first_grades(const graded_level<2>& level,
                                                                 std::span<const std::int32_t> entering) {
    std::vector<double> first;
    first.reserve(entering.size());
    for (const std::int32_t simplex : entering)
        first.push_back(level.grade(simplex)[0]);
    std::vector<std::int32_t> rank(entering.size());
    for (std::int32_t next = 0; const std::int32_t place : ascending_order(first))
        rank[static_cast<std::size_t>(place)] = next++;
    return rank;
}

TOPOPRUNE_DEFINE std::vector<kernel_generator> graph_kernel(const graded_level<2>& edges,
                                                            std::size_t vertices) {
    // The heavier the smaller the first grade, and among equals the earlier the entry.
    const std::vector<std::int32_t> entering = order_of_entry(edges);
    const std::vector<std::int32_t> rank = ranks_of_first_grades(edges, entering);
    const auto last = static_cast<std::int32_t>(rank.size()) - 1;
    std::vector<std::int32_t> edge_of(rank.size()); // by weight
    for (std::size_t place = 0; place < rank.size(); ++place)
        edge_of[static_cast<std::size_t>(last - rank[place])] = entering[place];

    incremental_spanning_forest forest(vertices);
    std::vector<kernel_generator> generators;
    for (std::size_t place = 0; place < entering.size(); ++place) {
        const auto ends = edges.boundary(entering[place]);
        const std::int32_t leaving = forest.insert(ends[0], ends[1], last - rank[place]);
        if (leaving != forest.none)
            generators.push_back({edge_of[static_cast<std::size_t>(leaving)], entering[place]});
    }
    return generators;
}

TOPOPRUNE_DEFINE std::vector<kernel_generator>
matrix_kernel(const graded_level<2>& simplices, const graded_level<2>& faces, const execution& where) {
    std::vector<std::int32_t> row(faces.size());
    for (std::int32_t place = 0; const std::int32_t face : order_of_entry(faces))
        row[static_cast<std::size_t>(face)] = place++;
    const std::vector<std::int32_t> order = order_of_entry(simplices);
    std::vector<std::int32_t> place(simplices.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        place[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
    const auto before = [&](std::int32_t a, std::int32_t b) {
        return std::tie(simplices.grade(a)[0], place[static_cast<std::size_t>(a)]) <
               std::tie(simplices.grade(b)[0], place[static_cast<std::size_t>(b)]);
    };

    std::vector<std::int32_t> owner(faces.size(), -1);            // of each pivot
    std::vector<std::vector<std::int32_t>> columns(faces.size()); // that of the owner, by pivot
    std::vector<kernel_generator> generators;
    bit_tree_column column(faces.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i % 1024 == 0)
            where.check_interruption();
        const std::int32_t entering = order[i];
        for (const std::int32_t face : simplices.boundary(entering))
            column.add(row[static_cast<std::size_t>(face)]);
        std::int32_t current = entering;
        std::int32_t pivot = column.pivot();
        for (; pivot >= 0; pivot = column.pivot()) {
            const auto at = static_cast<std::size_t>(pivot);
            if (owner[at] < 0) {
                owner[at] = current;
                columns[at] = column.take();
                break;
            }
            if (before(current, owner[at])) {
                std::vector<std::int32_t> smaller = column.take();
                column.add_all(smaller);
                std::swap(smaller, columns[at]);
                std::swap(current, owner[at]);
                column.add_all(smaller);
            } else {
                column.add_all(columns[at]);
            }
        }
        if (pivot < 0)
            generators.push_back({current, entering});
    }
    return generators;
}

TOPOPRUNE_DEFINE std::vector<kernel_generator> bigraded_kernel(std::span<const graded_level<2>> levels,
                                                               std::size_t q, const execution& where) {
    if (q >= levels.size())
        return {};
    if (q == 1)
        return graph_kernel(levels[1], levels[0].size());
    if (q > 1)
        return matrix_kernel(levels[q], levels[q - 1], where);
    std::vector<kernel_generator> vertices;
    for (std::int32_t v = 0; v < static_cast<std::int32_t>(levels[0].size()); ++v)
        vertices.push_back({v, v});
    return vertices;
}

} // namespace topoprune::detail
