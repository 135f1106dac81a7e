// SPDX-License-Identifier: MIT
#pragma once

#include "barcode_effect.hpp"

#include "../core/detail/equal_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<detail::weighted_edge>
barcode_effect::edges_between(const planar_complex& complex, std::span<const std::int32_t> rows) {
    std::vector<detail::weighted_edge> edges;
    edges.reserve(complex.edges.size());
    for (std::size_t e = 0; e < complex.edges.size(); ++e)
        edges.push_back({rows[static_cast<std::size_t>(complex.edges[e].u)],
                         rows[static_cast<std::size_t>(complex.edges[e].v)], complex.edge_scale[e]});
    return edges;
}

TOPOPRUNE_DEFINE void barcode_effect::add_scales(const planar_complex& complex, double sign,
                                                 detail::tracked_sum& sum) {
    for (const planar_triangle& triangle : complex.triangles)
        sum.add(sign * complex.edge_scale[static_cast<std::size_t>(triangle.longest_edge)]);
    for (const double scale : complex.edge_scale)
        sum.add(-sign * scale);
}

TOPOPRUNE_DEFINE double barcode_effect::effect_of(std::int32_t place, std::span<const std::int32_t> neighbors,
                                                  matrix_view<const double> places,
                                                  const detail::tree_repairs& tree,
                                                  const execution& where) const {
    const auto complex_of = [&](std::span<const std::int32_t> rows) {
        const matrix<double> own = gather_rows<double>(places, rows);
        return weak_delaunay{}.build(own, where);
    };
    const planar_complex without = complex_of(neighbors);
    detail::tracked_sum change;
    tree.add_change(place, edges_between(without, neighbors), change);
    if (degree == 1) {
        std::vector<std::int32_t> with(neighbors.begin(), neighbors.end());
        with.push_back(place);
        add_scales(without, 1, change);
        add_scales(complex_of(with), -1, change);
    }
    const double rounding = change.terms * std::numeric_limits<double>::epsilon() * change.magnitude;
    const double size = std::abs(change.value);
    return size <= rounding ? 0 : size;
}

TOPOPRUNE_DEFINE std::vector<double> barcode_effect::values(matrix_view<const double> points,
                                                            const execution& where) const {
    require(degree == 0 || degree == 1, "barcode_effect", "degree", degree, "0 or 1");
    require_finite(points, "barcode_effect", "points");
    std::vector<double> result(static_cast<std::size_t>(points.rows()), 0);
    if (result.empty())
        return result;

    const detail::equal_rows<double, std::int32_t> places(points);
    std::vector<std::int32_t> rows(places.count());
    for (std::size_t place = 0; place < rows.size(); ++place)
        rows[place] = places.first(place);
    std::sort(rows.begin(), rows.end());
    std::vector<std::uint8_t> has_copy(result.size(), 0);
    for (std::size_t place = 0; place < rows.size(); ++place)
        has_copy[static_cast<std::size_t>(places.first(place))] = places.members(place).size() > 1;

    const matrix<double> different = gather_rows<double>(points, std::span<const std::int32_t>(rows));
    const planar_complex complex = weak_delaunay{}.build(different, where);
    std::vector<std::vector<std::int32_t>> neighbors(rows.size());
    std::vector<detail::weighted_edge> edges;
    edges.reserve(complex.edges.size());
    for (std::size_t e = 0; e < complex.edges.size(); ++e) {
        const planar_edge& edge = complex.edges[e];
        neighbors[static_cast<std::size_t>(edge.u)].push_back(edge.v);
        neighbors[static_cast<std::size_t>(edge.v)].push_back(edge.u);
        edges.push_back({edge.u, edge.v, complex.edge_scale[e]});
    }
    const detail::tree_repairs tree(rows.size(), std::move(edges));

    constexpr std::int64_t grain = 64;
    where.parallel_ranges(std::ssize(rows), grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t place = begin; place < end; ++place) {
            const auto row = static_cast<std::size_t>(rows[static_cast<std::size_t>(place)]);
            if (has_copy[row] == 0)
                result[row] = effect_of(static_cast<std::int32_t>(place),
                                        neighbors[static_cast<std::size_t>(place)], different, tree, where);
        }
    });
    return result;
}

} // namespace topoprune
