// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "principal_persistence.hpp"

#include <array>
#include <concepts>
#include <span>
#include <vector>

namespace topoprune {

/// A sum of Gaussians at one place, and its derivative by the place (birth, lifetime).
struct kernel_sum {
    double value = 0;
    std::array<double, 2> slope{};
};

/// Atom of KernelSums.
template <class S>
concept SumsGaussians =
    requires(const S& policy, std::span<const principal_pair> pairs, double width, const execution& where) {
        { policy.sums(pairs, pairs, width, where) } -> std::same_as<std::vector<kernel_sum>>;
    };

/// A type that sums Gaussians over the pairs of a principal persistence measure, each weighted by its
/// lifetime, at other pairs:
///     value_i = sum over sources j of l_j exp(-|z_i - z_j|^2 / width),   z = (birth, lifetime).
/// Syntax:    sums(sources, targets, width, execution) -> a kernel_sum for each target.
/// Semantics: exact up to an error that the model states; the same bits on any number of threads.
/// Models:    direct_sums, fourier_series_sums, random_feature_sums.
template <class S>
concept KernelSums = std::copyable<S> && SumsGaussians<S>;

} // namespace topoprune
