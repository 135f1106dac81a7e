// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../filtration/graded_complex.hpp"
#include "../filtration/planar_complex.hpp"
#include "detail/flag_levels.hpp"
#include "detail/persistence_pairs.hpp"
#include "detail/planar_pairs.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <vector>

namespace topoprune {

/// An interval [birth, death) through which one class of homology lives, and the simplices whose grades its
/// ends are: derivatives by birth and death flow to these and to nothing else. -1 means "no such simplex".
struct bar {
    double birth = 0;
    double death = std::numeric_limits<double>::infinity();
    std::int32_t birth_simplex = -1;
    std::int32_t death_simplex = -1;
};

/// The bars of one degree, sorted by (birth, death), none of them empty.
using barcode = std::vector<bar>;

namespace detail {

/// Bars from pairs of simplices: grade(q, s) and id(q, s) of simplex s of dimension q.
template <class Grade, class Id>
[[nodiscard]] barcode bars_of(const std::vector<persistence_pair>& pairs, std::size_t q, Grade grade, Id id) {
    barcode bars;
    for (const auto [birth, death] : pairs)
        if (death < 0)
            bars.push_back({.birth = grade(q, birth), .birth_simplex = id(q, birth)});
        else if (grade(q, birth) < grade(q + 1, death))
            bars.push_back({grade(q, birth), grade(q + 1, death), id(q, birth), id(q + 1, death)});
    std::sort(bars.begin(), bars.end(), [](const bar& a, const bar& b) {
        return std::tie(a.birth, a.death, a.birth_simplex, a.death_simplex) <
               std::tie(b.birth, b.death, b.birth_simplex, b.death_simplex);
    });
    return bars;
}

} // namespace detail

/// The barcode of a complex with one grade for each simplex, in any degree >= 0, with coefficients in Z/2;
/// empty above the dimension of the complex. The simplices of a bar are places in the list that the complex
/// was made from. Throws std::invalid_argument for a negative degree.
///
/// Cost: degree 0 takes O(m log m) for m edges. Degree q reduces the boundaries of the (q+1)-simplices and,
/// for q > 1, those of the q-simplices that these do not pair off (clearing, Chen and Kerber 2011): cubic in
/// the worst case, about linear on complexes of points.
TOPOPRUNE_DECLARE [[nodiscard]] barcode persistence_barcode(const graded_complex<1>& complex, int degree,
                                                            const execution& where = execution{});

/// The barcode by scale of a complex with flag values: degree 0 or 1, or 2 if it lists its tetrahedra (of
/// those listed). The simplices of a bar are the *edges* whose scales its ends are; a component is born at 0
/// with no edge. Throws std::invalid_argument for another degree.
///
/// Cost: as above; degree 1 of a complex in the plane goes by duality in O(n log n).
template <GradedByScale C>
[[nodiscard]] barcode persistence_barcode(const C& complex, int degree,
                                          const execution& where = execution{}) {
    constexpr int largest = detail::HasTetrahedra<C> ? 2 : 1;
    require(degree >= 0 && degree <= largest, "persistence_barcode", "degree", degree,
            largest == 2 ? "0, 1 or 2" : "0 or 1");
    const auto q = static_cast<std::size_t>(degree);
    const detail::flag_levels<C, 1> flag(complex, q + 1, "persistence_barcode");
    const auto pairs = [&] {
        if constexpr (HasDualGraph<C>)
            if (degree == 1)
                return detail::planar_pairs(complex);
        return detail::persistence_pairs(flag.levels(), q, where);
    };
    return detail::bars_of(
        pairs(), q, [&](std::size_t p, std::int32_t s) { return flag.levels()[p].grade(s)[0]; },
        [&](std::size_t p, std::int32_t s) { return flag.longest_edge(p, s); });
}

/// The sum of (death - birth) over the bars that end.
TOPOPRUNE_DECLARE [[nodiscard]] double total_lifetime(const barcode& bars);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "barcode.ipp"
#endif
