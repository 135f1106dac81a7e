// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "bifiltered_complex.hpp"
#include "detail/delaunay_triangulation.hpp"
#include "detail/flag_complex.hpp"
#include "detail/incremental_delaunay.hpp"
#include "filtration.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace topoprune {

/// The incremental Delaunay complex of points with a codensity (Alonso, Kerber, Lam and Lesnick 2024), with
/// Rips values. The points enter a Delaunay triangulation in the order of codensity, equal ones in the order
/// of their numbers. A point x replaces the cells whose sphere holds it; the complex holds every simplex that
/// such a cell forms with x: of a triangle a tetrahedron, of a hull edge that x can see a triangle. It holds
/// the Delaunay triangulation of every sublevel set of the codensity, and none of these has a hole once all
/// its edges are there.
///
///     density_bifiltration{function_delaunay{}, gaussian_kde{.bandwidth = 0.4}}
///
/// An edge enters at half its length, a larger simplex with its longest edge; by codensity every simplex
/// enters with the last of its vertices. In the plane the complex has tetrahedra. In the space the simplices
/// of a tetrahedron and a point have four dimensions and are cut to their tetrahedra, which homology up to
/// degree 2 needs.
///
/// A point at the place of an earlier one is not inserted: it hangs on the earlier one by an edge of length
/// 0. Points on one line or plane are triangulated there until one leaves it. More than three points on a
/// circle (four on a sphere) count as if those with the least coordinates lay further inside. All decisions
/// are exact for the coordinates (but for those 2^-1022 times smaller than the largest, which are rounded).
///
/// Cost: for smooth clouds 6 to 8 n edges, 9 to 12 n triangles and 3 to 5 n tetrahedra in the plane, O(n log
/// n) time, about 1,100 bytes a point; in the space 17 to 19 n edges, 50 to 56 n triangles, 51 to 60 n
/// tetrahedra and 9,000 bytes. At worst n^2 of all.
struct function_delaunay {
    /// points: n x 2 or n x 3, row-major, n < 2^29; codensity: n values. Throws std::invalid_argument
    /// otherwise or if one of them is not finite, and if the complex has 2^31 - 1 edges or triangles.
    TOPOPRUNE_DECLARE [[nodiscard]] bifiltered_complex
    build(matrix_view<const double> points, std::span<const double> codensity, const execution& where) const;

private:
    template <std::size_t Dimension>
    static detail::simplex_lists incremental(matrix_view<const double> points,
                                             std::span<const double> codensity, const execution& where) {
        std::vector<std::int32_t> by_codensity(codensity.size());
        std::iota(by_codensity.begin(), by_codensity.end(), 0);
        std::stable_sort(by_codensity.begin(), by_codensity.end(), [&](std::int32_t a, std::int32_t b) {
            return codensity[static_cast<std::size_t>(a)] < codensity[static_cast<std::size_t>(b)];
        });
        auto places = detail::scaled_places<Dimension>(points);
        {
            auto sorted = places;
            for (std::size_t rank = 0; rank < sorted.size(); ++rank)
                sorted[rank] = places[static_cast<std::size_t>(by_codensity[rank])];
            places = std::move(sorted);
        }
        const auto number = [&](std::int32_t rank) { return by_codensity[static_cast<std::size_t>(rank)]; };

        // Along the curve, then each site back to its turn.
        detail::delaunay_sites<Dimension> along_curve;
        const auto twins = detail::separate_twins(places, detail::curve_order(places), along_curve);
        std::vector<std::int32_t> turn(along_curve.numbers.size());
        std::iota(turn.begin(), turn.end(), 0);
        std::sort(turn.begin(), turn.end(), [&](std::int32_t a, std::int32_t b) {
            return along_curve.numbers[static_cast<std::size_t>(a)] <
                   along_curve.numbers[static_cast<std::size_t>(b)];
        });
        detail::delaunay_sites<Dimension> sites;
        sites.places.reserve(turn.size());
        sites.numbers.reserve(turn.size());
        for (const std::int32_t i : turn) {
            sites.places.push_back(along_curve.places[static_cast<std::size_t>(i)]);
            sites.numbers.push_back(number(along_curve.numbers[static_cast<std::size_t>(i)]));
        }

        detail::simplex_lists simplices;
        for (const auto& [first, twin] : twins)
            simplices.edges.push_back(
                {std::min(number(first), number(twin)), std::max(number(first), number(twin))});
        detail::incremental_delaunay(
            sites, std::span<const std::int32_t>(earlier_neighbors(sites, turn)),
            [&](const auto& corners, std::int32_t x) {
                if (x % 1024 == 0)
                    where.check_interruption();
                add_joined(corners, x, sites.numbers, simplices);
            },
            [](const auto&) {});
        return simplices;
    }

    /// For each site the nearer of its two neighbors along the curve among the sites before it. `turn` holds
    /// the positions of the sites along the curve. Taking the sites out from last to first, their neighbors
    /// in a linked list are what is asked. O(n).
    template <std::size_t Dimension>
    static std::vector<std::int32_t> earlier_neighbors(const detail::delaunay_sites<Dimension>& sites,
                                                       const std::vector<std::int32_t>& turn) {
        const auto count = static_cast<std::int32_t>(turn.size());
        std::vector<std::int32_t> at(turn.size()), left(turn.size()), right(turn.size());
        for (std::int32_t x = 0; x < count; ++x)
            at[static_cast<std::size_t>(turn[static_cast<std::size_t>(x)])] = x;
        for (std::size_t i = 0; i < at.size(); ++i) {
            left[static_cast<std::size_t>(at[i])] = i == 0 ? -1 : at[i - 1];
            right[static_cast<std::size_t>(at[i])] = i + 1 == at.size() ? -1 : at[i + 1];
        }
        const auto square = [&](std::int32_t a, std::int32_t b) {
            double sum = 0;
            for (std::size_t k = 0; k < Dimension; ++k) {
                const double difference = sites.places[static_cast<std::size_t>(a)][k] -
                                          sites.places[static_cast<std::size_t>(b)][k];
                sum += difference * difference;
            }
            return sum;
        };
        std::vector<std::int32_t> near(turn.size(), -1);
        for (std::int32_t x = count - 1; x > 0; --x) {
            const std::int32_t l = left[static_cast<std::size_t>(x)], r = right[static_cast<std::size_t>(x)];
            if (l >= 0)
                right[static_cast<std::size_t>(l)] = r;
            if (r >= 0)
                left[static_cast<std::size_t>(r)] = l;
            near[static_cast<std::size_t>(x)] = l < 0 || (r >= 0 && square(x, r) < square(x, l)) ? r : l;
        }
        return near;
    }

    /// The simplex of x and the finite corners of a cell; of one with five vertices its tetrahedra.
    template <std::size_t Count>
    static void add_joined(const std::array<std::int32_t, Count>& corners, std::int32_t x,
                           const std::vector<std::int32_t>& numbers, detail::simplex_lists& simplices) {
        std::array<std::int32_t, Count + 1> joined{};
        std::size_t count = 0;
        const auto add = [&](std::int32_t number) { // keeping them in ascending order
            std::size_t at = count++;
            for (; at > 0 && joined[at - 1] > number; --at)
                joined[at] = joined[at - 1];
            joined[at] = number;
        };
        for (const std::int32_t v : corners)
            if (v != detail::infinite_vertex)
                add(numbers[static_cast<std::size_t>(v)]);
        add(numbers[static_cast<std::size_t>(x)]);
        if (count == 2)
            simplices.edges.push_back({joined[0], joined[1]});
        if constexpr (Count >= 2)
            if (count == 3)
                simplices.triangles.push_back({joined[0], joined[1], joined[2]});
        if constexpr (Count >= 3)
            if (count == 4)
                simplices.tetrahedra.push_back({joined[0], joined[1], joined[2], joined[3]});
        if constexpr (Count == 4)
            if (count == 5)
                detail::append_facets<5>({joined}, simplices.tetrahedra);
    }
};

static_assert(CodensityFiltration<function_delaunay>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "function_delaunay.ipp"
#endif
