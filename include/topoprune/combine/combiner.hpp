// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "normalization.hpp"

#include <concepts>
#include <span>
#include <vector>

namespace topoprune {

/// Atom of Combiner.
template <class C>
concept CombinesColumns =
    requires(const C& policy, std::span<const double> column, const class_partition& classes) {
        { policy.combine(column, column, classes) } -> std::same_as<std::vector<double>>;
    };

/// A type that makes one score of the persistence and the density column (n values each).
/// Semantics: entry i of the result belongs to sample i; constant; states its normalization.
/// Models: weighted_sum, weighted_product, lexicographic.
template <class C>
concept Combiner = std::copyable<C> && CombinesColumns<C>;

/// The score of TopoCore (eq. 3): weight_p * persistence + weight_d * density, each column normalized within
/// its class first (the paper states none; raw units cannot be compared). O(n log n).
struct weighted_sum {
    /// Weights, >= 0, not both 0; only their ratio changes the order of the samples. Named by what they
    /// weigh, because the paper's alpha and beta change sides between equation 3 and table 2.
    double persistence = 0.5;
    double density = 0.5;
    topoprune::normalization normalization = topoprune::normalization::min_max;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> combine(std::span<const double> persistence_column,
                                                                std::span<const double> density_column,
                                                                const class_partition& classes) const;
};

static_assert(Combiner<weighted_sum>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "combiner.ipp"
#endif
