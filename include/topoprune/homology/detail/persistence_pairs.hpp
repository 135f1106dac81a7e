// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/detail/entry_order.hpp"
#include "../../core/execution.hpp"
#include "../../filtration/graded_level.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The pairs of simplices of a filtration whose grades are the ends of the bars (Edelsbrunner, Letscher,
/// Zomorodian 2002): one gives birth to a class, the other, of one dimension more, kills it.
namespace topoprune::detail {

/// Numbers of simplices within their dimensions; death -1 for a class that lives forever.
struct persistence_pair {
    std::int32_t birth = -1;
    std::int32_t death = -1;
};

/// The simplices by (grade, number).
[[nodiscard]] inline std::vector<std::int32_t> order_of_entry(const graded_level<1>& level) {
    return sorted_ids(level.size(), [&level](std::int32_t a, std::int32_t b) {
        return level.grade(a)[0] < level.grade(b)[0];
    });
}

/// For each vertex the edge that joins its component to an older one, or -1. Of two components the one whose
/// oldest vertex is younger ends (the elder rule).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int32_t>
killers_of_vertices(const graded_level<1>& edges, const graded_level<1>& vertices);

/// For each face the simplex whose reduced boundary has it as the youngest face, or -1. Simplices in
/// `cleared` are known to be cycles and are passed over.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int32_t> killers_of_faces(const graded_level<1>& simplices,
                                                                           const graded_level<1>& faces,
                                                                           const std::vector<bool>& cleared,
                                                                           const execution& where);

/// The pairs of degree q, those of equal grades among them, and the classes that live forever; levels[p]
/// holds the simplices of dimension p, and there are none beyond.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<persistence_pair>
persistence_pairs(std::span<const graded_level<1>> levels, std::size_t q, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "persistence_pairs.ipp"
#endif
