// SPDX-License-Identifier: MIT
#pragma once

#include "signed_measure.hpp"

#include <algorithm>
#include <tuple>

namespace topoprune {

TOPOPRUNE_DEFINE void merge_equal_grades(signed_measure& atoms) {
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

TOPOPRUNE_DEFINE std::int64_t total_mass(const signed_measure& atoms) {
    std::int64_t sum = 0;
    for (const atom& a : atoms)
        sum += a.mass;
    return sum;
}

} // namespace topoprune
