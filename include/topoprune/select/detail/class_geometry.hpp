// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "similarity_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Distances among the samples of one class, as unit vectors, that say how widely and how evenly they lie.
namespace topoprune::detail {

/// The similarity, after each of 1, 2, ..., `centers` centers, of the sample least similar to its center: the
/// first center is the sample most similar to all, then always the one just named is the next (Gonzalez
/// 1985). 1 <= centers <= n. rows: by the angle. O(centers n d).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int32_t>
farthest_similarities(const similarity_rows& rows, std::int64_t centers, const execution& where);

/// The distance within which `centers` of the samples, taken by Gonzalez's rule, have all the others: the
/// first is the one most similar to all, then always the one farthest from those before it. At most twice the
/// least radius that as many centers can have (Gonzalez 1985). 0 if they are all taken. rows: by the angle.
/// O(centers n d).
TOPOPRUNE_DECLARE [[nodiscard]] double covering_radius(const similarity_rows& rows, std::int64_t centers,
                                                       const execution& where);

/// The same if `centers` of them are taken of several parts, each by Gonzalez's rule, the next always of the
/// part whose farthest sample is farthest: no part needs those of another. At least one for each part is
/// taken. rows: of one part after another, by the angle; make_rows(p) makes those of part p.
template <class MakeRows>
[[nodiscard]] double covering_radius_in_parts(std::int64_t parts, std::int64_t centers, MakeRows make_rows,
                                              const execution& where) {
    // What the farthest sample is to its center after 1, 2, ... centers: ascending in every part.
    std::vector<std::vector<std::int32_t>> farthest(static_cast<std::size_t>(parts));
    where.parallel_for(parts, [&](std::int64_t part) {
        const similarity_rows rows = make_rows(part);
        farthest[static_cast<std::size_t>(part)] =
            farthest_similarities(rows, std::min(centers, static_cast<std::int64_t>(rows.size())), where);
    });
    std::vector<std::int32_t> all;
    for (const std::vector<std::int32_t>& part : farthest)
        all.insert(all.end(), part.begin(), part.end());
    // A center is taken for each that is farther than the last.
    const auto last =
        std::min<std::ptrdiff_t>(std::max<std::int64_t>(centers - parts, 0), std::ssize(all) - 1);
    std::nth_element(all.begin(), all.begin() + last, all.end());
    return similarity_rows::distance(all[static_cast<std::size_t>(last)]);
}

/// The distance of every sample from its k-th nearest other one, or from the farthest if there are fewer
/// than k; 0 if there is no other. rows: by the angle. k >= 1. O(n^2 d / 2), 4 k bytes a sample.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double>
neighbor_distances(const similarity_rows& rows, std::int64_t k, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "class_geometry.ipp"
#endif
