// SPDX-License-Identifier: MIT
#pragma once

#include "bigraded_kernel.hpp"

#include "bit_tree_column.hpp"
#include "swept_forest.hpp"
#include "union_find.hpp"

#include <tuple>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int32_t> order_of_entry(const graded_level<2>& level) {
    return sorted_ids(level.size(), [&level](std::int32_t a, std::int32_t b) {
        return std::tie(level.grade(a)[1], level.grade(a)[0]) <
               std::tie(level.grade(b)[1], level.grade(b)[0]);
    });
}

TOPOPRUNE_DEFINE std::vector<kernel_generator> graph_kernel(const graded_level<2>& edges,
                                                            std::size_t vertices) {
    // The forest answers with the lightest edge; weights are negated grades, so that it is the largest one.
    swept_forest forest(vertices, edges.size());
    union_find components(vertices); // edges only enter, so connected nodes stay so
    std::vector<kernel_generator> generators;
    for (const std::int32_t entering : order_of_entry(edges)) {
        const auto ends = edges.boundary(entering);
        const double first = edges.grade(entering)[0];
        if (!components.join(ends[0], ends[1])) {
            const std::int32_t largest = forest.lightest_edge(ends[0], ends[1]);
            if (!(edges.grade(largest)[0] > first)) {
                generators.push_back({entering, entering});
                continue;
            }
            forest.remove(largest, edges.boundary(largest)[0], edges.boundary(largest)[1]);
            generators.push_back({largest, entering});
        }
        forest.insert(entering, ends[0], ends[1], -first);
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
