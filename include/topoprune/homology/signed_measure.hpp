// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

namespace topoprune {

/// A point mass of a signed measure on the (scale, codensity) plane, with the simplex parts that put it
/// there: r is half the length of the edge (edge_u, edge_v), f is the codensity of `vertex`. Derivatives flow
/// back through these ids; nothing is ever looked up by value. An id of -1 means "no such part": a vertex
/// that is born at scale 0 has no edge.
struct atom {
    double r = 0;
    double f = 0;
    std::int32_t mass = 0;
    std::int32_t edge_u = -1;
    std::int32_t edge_v = -1;
    std::int32_t vertex = -1;
};

/// A finite signed measure, its atoms sorted by (f, r), grades pairwise different, masses non-zero.
/// The Hilbert signed measure of a bifiltered complex is the one with
///     sum of mass over atoms (a, b) <= (r, f)  =  dim H_q(K(r, f)).
using signed_measure = std::vector<atom>;

/// Sorts the atoms by (f, r), adds up equal grades, drops zeros. The ids kept at a grade are the least ones
/// (edge_u, edge_v, vertex) among those whose mass has the sign of the sum. O(m log m).
inline void merge_equal_grades(signed_measure& atoms) {
    std::sort(atoms.begin(), atoms.end(), [](const atom& a, const atom& b) {
        return std::tie(a.f, a.r, a.edge_u, a.edge_v, a.vertex, a.mass) <
               std::tie(b.f, b.r, b.edge_u, b.edge_v, b.vertex, b.mass);
    });
    std::size_t written = 0;
    for (std::size_t begin = 0, end = 0; begin < atoms.size(); begin = end) {
        std::int32_t mass = 0;
        for (end = begin;
             end < atoms.size() && atoms[end].r == atoms[begin].r && atoms[end].f == atoms[begin].f; ++end)
            mass += atoms[end].mass;
        if (mass == 0)
            continue;
        const auto same_sign = std::find_if(atoms.begin() + static_cast<std::ptrdiff_t>(begin), atoms.end(),
                                            [mass](const atom& a) { return (a.mass > 0) == (mass > 0); });
        atom merged = *same_sign;
        merged.mass = mass;
        atoms[written++] = merged;
    }
    atoms.resize(written);
}

/// The sum of all masses; 0 for degree 1 of a complex whose full space has no hole.
[[nodiscard]] inline std::int64_t total_mass(const signed_measure& atoms) {
    std::int64_t sum = 0;
    for (const atom& a : atoms)
        sum += a.mass;
    return sum;
}

} // namespace topoprune
