// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace topoprune {

/// How far the kept samples, as a distribution, are from all samples, from a mean over random directions or
/// frequencies.
struct distance_estimate {
    double value = 0;
    /// Of the value, from the spread over the directions; 0 if there is only one direction.
    double standard_error = 0;
    /// What a uniform draw of as many samples has: the root of the mean square over all such draws. Below it
    /// the kept samples stand for the others better than chance does. Unset where no formula gives it.
    std::optional<double> of_random_draw{};
};

/// Atom of SubsetDistance.
template <class D>
concept MeasuresSubsets = requires(const D& policy, matrix_view<const float> features,
                                   std::span<const std::int64_t> kept, const execution& where) {
    { policy.measure(features, kept, where) } -> std::same_as<distance_estimate>;
};

/// A type that measures how far a subset of samples is from all of them, each side a distribution of equal
/// masses.
/// Syntax:    measure(features n x d, kept row numbers, execution) -> distance_estimate.
/// Semantics: at least 0, and 0 if all are kept; finite; independent of the order of the samples but for the
///            rounding of sums; the same bits for any number of threads. Throws std::invalid_argument if
///            none is kept, for a row number that there is not or that stands twice, and for features
///            that are not finite.
/// Models:    energy_distance, kernel_discrepancy, sliced_wasserstein.
/// Cost:      near-linear in the number of samples.
template <class D>
concept SubsetDistance = std::copyable<D> && MeasuresSubsets<D>;

namespace detail {

/// The root of order p of the mean of non-negative values, and its standard error to first order.
TOPOPRUNE_DECLARE [[nodiscard]] distance_estimate root_of_mean(std::span<const double> values, double order);

} // namespace detail

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "subset_distance.ipp"
#endif
