// SPDX-License-Identifier: MIT
#pragma once

#include "delaunay_triangulation.hpp"

#include "incremental_delaunay.hpp"

#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE planar_complex delaunay_triangulation(matrix_view<const double> points) {
    planar_complex complex;
    complex.vertices = points.rows();
    const auto places = scaled_places<2>(points);
    delaunay_sites<2> sites;
    const auto twins = separate_twins(places, curve_order(places), sites);
    std::vector<std::int32_t> before(sites.places.size());
    std::iota(before.begin(), before.end(), -1);
    incremental_delaunay(
        sites, std::span<const std::int32_t>(before), [](const auto&, std::int32_t) {},
        [&](const auto& mesh) { read_plane(mesh, sites.numbers, complex); });

    const auto outer_face = static_cast<std::int32_t>(complex.triangles.size());
    for (const auto& [first, twin] : twins)
        complex.edges.push_back({first, twin, {outer_face, outer_face}});
    complex.edges = sorted_by_vertices(std::move(complex.edges), complex.vertices,
                                       [](const planar_edge& e) { return std::array{e.u, e.v}; });
    std::vector<std::uint8_t> sides(complex.triangles.size(), 0);
    for (std::size_t e = 0; e < complex.edges.size(); ++e)
        for (const std::int32_t face : complex.edges[e].faces)
            if (face != outer_face) {
                const auto t = static_cast<std::size_t>(face);
                complex.triangles[t].edges[sides[t]++] = static_cast<std::int32_t>(e);
            }
    return complex;
}

} // namespace topoprune::detail
