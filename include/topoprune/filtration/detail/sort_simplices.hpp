// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The simplices in the order of their vertices (an array, its first entry in 0 .. vertices - 1): a counting
/// sort by the first vertex, whose simplices are few in a sparse complex, and a sort of these. Equal
/// simplices stay, next to each other.
template <class Simplex, class Vertices>
[[nodiscard]] std::vector<Simplex> sorted_by_vertices(std::vector<Simplex> simplices, std::int64_t vertices,
                                                      Vertices vertices_of) {
    std::vector<std::int64_t> begin(static_cast<std::size_t>(vertices) + 1, 0);
    const auto first = [&](const Simplex& s) { return static_cast<std::size_t>(vertices_of(s)[0]); };
    for (const Simplex& s : simplices)
        ++begin[first(s) + 1];
    for (std::size_t v = 1; v < begin.size(); ++v)
        begin[v] += begin[v - 1];
    std::vector<Simplex> sorted(simplices.size());
    std::vector<std::int64_t> next(begin.begin(), begin.end() - 1);
    for (const Simplex& s : simplices)
        sorted[static_cast<std::size_t>(next[first(s)]++)] = s;
    for (std::size_t v = 0; v + 1 < begin.size(); ++v)
        std::sort(sorted.begin() + begin[v], sorted.begin() + begin[v + 1],
                  [&](const Simplex& a, const Simplex& b) { return vertices_of(a) < vertices_of(b); });
    return sorted;
}

} // namespace topoprune::detail
