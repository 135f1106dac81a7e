// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/matrix.hpp"
#include "simplicial_mesh.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// The Delaunay triangulation of points in the plane or the space, built one point at a time in any order.
namespace topoprune::detail {

/// The points (n x Dimension), divided by the power of two that brings the largest magnitude below 1. Exact,
/// but for coordinates that are 2^-1022 times smaller than the largest.
template <std::size_t Dimension>
[[nodiscard]] std::vector<coordinates<Dimension>> scaled_places(matrix_view<const double> points) {
    double largest = 0;
    for (std::int64_t i = 0; i < points.size(); ++i)
        largest = std::max(largest, std::abs(points.data()[i]));
    int exponent = 0;
    std::frexp(largest, &exponent);
    // Two factors, as one might not be a double.
    const double half = std::ldexp(1.0, -(exponent / 2));
    const double rest = std::ldexp(1.0, -(exponent - exponent / 2));
    std::vector<coordinates<Dimension>> places(static_cast<std::size_t>(points.rows()));
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t k = 0; k < Dimension; ++k)
            places[i][k] = points.data()[i * Dimension + k] * half * rest;
    return places;
}

/// The numbers of the places along a space-filling curve (Morton order of the bounding box), equal places
/// together in ascending order.
template <std::size_t Dimension>
[[nodiscard]] std::vector<std::int32_t> curve_order(const std::vector<coordinates<Dimension>>& places) {
    constexpr int bits = 64 / static_cast<int>(Dimension);
    coordinates<Dimension> low{}, high{};
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t k = 0; k < Dimension; ++k) {
            low[k] = i == 0 ? places[i][k] : std::min(low[k], places[i][k]);
            high[k] = i == 0 ? places[i][k] : std::max(high[k], places[i][k]);
        }
    double extent = 0;
    for (std::size_t k = 0; k < Dimension; ++k)
        extent = std::max(extent, high[k] - low[k]);
    const double steps = std::ldexp(1.0, bits) - 1;
    struct key {
        std::uint64_t code;
        std::int32_t number;
    };
    std::vector<key> keys(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::uint64_t code = 0;
        for (std::size_t k = 0; k < Dimension && extent > 0; ++k) {
            auto word = static_cast<std::uint64_t>((places[i][k] - low[k]) / extent * steps);
            if constexpr (Dimension == 2) { // a zero bit between any two
                word = (word | (word << 16)) & 0x0000ffff0000ffffULL;
                word = (word | (word << 8)) & 0x00ff00ff00ff00ffULL;
                word = (word | (word << 4)) & 0x0f0f0f0f0f0f0f0fULL;
                word = (word | (word << 2)) & 0x3333333333333333ULL;
                word = (word | (word << 1)) & 0x5555555555555555ULL;
            } else { // two zero bits between any two
                word = (word | (word << 32)) & 0x001f00000000ffffULL;
                word = (word | (word << 16)) & 0x001f0000ff0000ffULL;
                word = (word | (word << 8)) & 0x100f00f00f00f00fULL;
                word = (word | (word << 4)) & 0x10c30c30c30c30c3ULL;
                word = (word | (word << 2)) & 0x1249249249249249ULL;
            }
            code |= word << k;
        }
        keys[i] = {code, static_cast<std::int32_t>(i)};
    }
    const auto place = [&](const key& a) -> const auto& {
        return places[static_cast<std::size_t>(a.number)];
    };
    std::sort(keys.begin(), keys.end(), [&](const key& a, const key& b) {
        if (a.code != b.code)
            return a.code < b.code;
        return place(a) != place(b) ? place(a) < place(b) : a.number < b.number;
    });
    std::vector<std::int32_t> order(keys.size());
    std::transform(keys.begin(), keys.end(), order.begin(), [](const key& a) { return a.number; });
    return order;
}

/// Points that complete the flat through the given sites to the whole space, if the sites are independent.
/// Some of the corners of the unit simplex always do.
template <std::size_t Flat, std::size_t Dimension>
[[nodiscard]] std::optional<flat_predicates<Flat, Dimension>>
independent(const delaunay_sites<Dimension>& sites, const std::array<std::int32_t, Flat + 1>& corners) {
    std::array<coordinates<Dimension>, Dimension + 1> unit{};
    for (std::size_t k = 0; k < Dimension; ++k)
        unit[k + 1][k] = 1;
    for (unsigned chosen = 0; chosen < (1U << (Dimension + 1)); ++chosen) {
        if (std::popcount(chosen) != static_cast<int>(Dimension - Flat))
            continue;
        flat_predicates<Flat, Dimension> predicates{&sites, {}};
        for (std::size_t k = 0, to = 0; k <= Dimension; ++k)
            if ((chosen >> k & 1U) != 0)
                predicates.anchors[to++] = unit[k];
        if (predicates.orientation_of(corners) != 0)
            return predicates;
    }
    return std::nullopt;
}

/// Inserts sites `next`, next + 1, ... into the mesh, raising its dimension when a site leaves its flat, and
/// hands the mesh of all to `finish`. visit(corners, x) hears of each cell that site x replaces, and of each
/// finite cell over which x raises a cone. near[x] is a site before x, close to it.
template <std::size_t Flat, std::size_t Dimension, class Visitor, class Finish>
void insert_sites(simplicial_mesh<Flat, Dimension> mesh, std::array<std::int32_t, Flat + 1> basis,
                  std::int32_t next, const delaunay_sites<Dimension>& sites,
                  std::span<const std::int32_t> near, Visitor&& visit, Finish&& finish) {
    for (; next < std::ssize(sites.places); ++next) {
        if constexpr (Flat < Dimension) {
            std::array<std::int32_t, Flat + 2> raised{};
            std::copy(basis.begin(), basis.end(), raised.begin());
            raised[Flat + 1] = next;
            if (auto predicates = independent<Flat + 1, Dimension>(sites, raised)) {
                for (const auto& cell : mesh.cells())
                    if (mesh.is_finite(cell))
                        visit(cell.corners, next);
                insert_sites(simplicial_mesh<Flat + 1, Dimension>(mesh, next, *std::move(predicates)), raised,
                             next + 1, sites, near, visit, finish);
                return;
            }
        }
        if constexpr (Flat > 0)
            mesh.insert(next, near[static_cast<std::size_t>(next)],
                        [&](const auto& corners) { visit(corners, next); });
    }
    finish(std::as_const(mesh));
}

/// The triangulation of all sites, handed to `finish` as a simplicial_mesh of the dimension that they span;
/// nothing for no site. Expected O(n log n) in the plane if near[x] is close to x.
template <std::size_t Dimension, class Visitor, class Finish>
void incremental_delaunay(const delaunay_sites<Dimension>& sites, std::span<const std::int32_t> near,
                          Visitor&& visit, Finish&& finish) {
    if (!sites.places.empty())
        insert_sites(simplicial_mesh<0, Dimension>(sites), {0}, 1, sites, near, visit, finish);
}

} // namespace topoprune::detail
