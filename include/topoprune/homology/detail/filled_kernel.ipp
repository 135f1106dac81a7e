// SPDX-License-Identifier: MIT
#pragma once

#include "filled_kernel.hpp"

#include "../../core/checks.hpp"
#include "incremental_spanning_forest.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::array<std::int32_t, 2>>
sides_of_triangles(const triangulated_complex& complex, std::string_view function) {
    const auto& [vertices, edges, triangles, tetrahedra, edge_scale, is_filled] = complex;
    const std::ptrdiff_t characteristic =
        vertices - std::ssize(edges) + std::ssize(triangles) - std::ssize(tetrahedra);
    require(characteristic == 1 || vertices == 0, function, "the Euler characteristic", characteristic,
            "1 where tetrahedra_fill");
    // Where the triangles of each least vertex begin.
    std::vector<std::size_t> first(static_cast<std::size_t>(vertices) + 1, 0);
    for (const complex_triangle& triangle : triangles)
        ++first[static_cast<std::size_t>(triangle.vertices[0]) + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    const auto last_two = [](const std::array<std::int32_t, 3>& v) { // as one number, in the order of pairs
        return static_cast<std::uint64_t>(v[1]) << 32U | static_cast<std::uint64_t>(v[2]);
    };
    const auto number_of = [&](const std::array<std::int32_t, 3>& face) {
        require(face[0] >= 0 && face[0] < vertices, function, "a vertex of a tetrahedron", face[0],
                "between 0 and the number of vertices,", vertices);
        const auto least = static_cast<std::size_t>(face[0]);
        const auto begin = triangles.begin() + static_cast<std::ptrdiff_t>(first[least]);
        const auto end = triangles.begin() + static_cast<std::ptrdiff_t>(first[least + 1]);
        const std::uint64_t wanted = last_two(face);
        const auto found = std::lower_bound(begin, end, wanted, [&](const complex_triangle& t, auto value) {
            return last_two(t.vertices) < value;
        });
        require(found != end && found->vertices == face, function, "a face of a tetrahedron", "missing",
                "among the triangles, which are sorted by vertices");
        return static_cast<std::size_t>(found - triangles.begin());
    };

    const auto outside = static_cast<std::int32_t>(tetrahedra.size());
    std::vector<std::array<std::int32_t, 2>> sides(triangles.size(), {outside, outside});
    for (std::int32_t number = 0; number < outside; ++number) {
        const auto& [a, b, c, d] = tetrahedra[static_cast<std::size_t>(number)];
        for (const std::array<std::int32_t, 3>& face :
             {std::array{a, b, c}, std::array{a, b, d}, std::array{a, c, d}, std::array{b, c, d}}) {
            auto& [one_side, other_side] = sides[number_of(face)];
            require(other_side == outside, function, "the number of tetrahedra around a triangle", 3,
                    "at most 2 where tetrahedra_fill");
            (one_side == outside ? one_side : other_side) = number;
        }
    }
    return sides;
}

TOPOPRUNE_DEFINE std::vector<kernel_generator> filled_kernel(const triangulated_complex& complex,
                                                             const graded_level<2>& triangles,
                                                             std::string_view function,
                                                             const execution& where) {
    const std::vector<std::array<std::int32_t, 2>> sides = sides_of_triangles(complex, function);
    const std::vector<std::int32_t> entering = order_of_entry(triangles);
    const std::vector<std::int32_t> rank = ranks_of_first_grades(triangles, entering);
    std::vector<std::int32_t> of_rank(rank.size());
    for (std::size_t place = 0; place < rank.size(); ++place)
        of_rank[static_cast<std::size_t>(rank[place])] = entering[place];

    incremental_spanning_forest forest(complex.tetrahedra.size() + 1);
    for (auto weight = static_cast<std::int32_t>(of_rank.size()); weight-- > 0;) {
        if (weight % 65536 == 0)
            where.check_interruption();
        const auto [one_side, other_side] =
            sides[static_cast<std::size_t>(of_rank[static_cast<std::size_t>(weight)])];
        forest.insert(one_side, other_side, weight);
    }
    std::vector<kernel_generator> generators;
    for (std::size_t place = entering.size(); place-- > 0;) {
        if (place % 65536 == 0)
            where.check_interruption();
        const auto [one_side, other_side] = sides[static_cast<std::size_t>(entering[place])];
        const std::int32_t leaving = forest.insert(one_side, other_side, forest.heaviest);
        if (leaving != forest.heaviest)
            generators.push_back({of_rank[static_cast<std::size_t>(leaving)], entering[place]});
    }
    require(generators.size() == complex.tetrahedra.size(), function, "the number of cycles of triangles",
            generators.size(), "that of tetrahedra where tetrahedra_fill,", complex.tetrahedra.size());
    return generators;
}

} // namespace topoprune::detail
