// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "principal_persistence.hpp"

#include <array>
#include <concepts>
#include <vector>

namespace topoprune {

/// How far a measure is from a target, and the derivative by the pairs of the measure.
struct discrepancy_value {
    double value = 0;
    /// d value / d (birth, lifetime) of each pair, in their order.
    std::vector<std::array<double, 2>> by_pair{};
};

/// Atom of MeasureDiscrepancy.
template <class D>
concept ComparesPrincipalMeasures =
    requires(const D& policy, const principal_measure& measure, const execution& where) {
        { policy.evaluate(measure, measure, where) } -> std::same_as<discrepancy_value>;
    };

/// A type that says how far two principal persistence measures are from each other.
/// Syntax:    evaluate(measure, target, execution) -> discrepancy_value.
/// Semantics: the derivative by the pairs of the first wherever it exists, one element between the one-sided
///            derivatives where it does not; measures without pairs are trivial and allowed; the same bits on
///            any number of threads.
/// Models:    maximum_mean_discrepancy<Sums>, wasserstein_discrepancy.
template <class D>
concept MeasureDiscrepancy = std::copyable<D> && ComparesPrincipalMeasures<D>;

} // namespace topoprune
