// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/fourier_axis.hpp"
#include "kernel_sums.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// The Gaussian as a Fourier series on a box around all pairs, in linear time: one axis needs about
/// p = 1 + 2 (extent / sqrt(width) + c) c / pi terms, c = sqrt(log(64 / error)); sources become p_b x p_l
/// moments, which are evaluated at the targets. Degree 0 is born at one place and needs the lifetimes' axis
/// alone. The coefficients are positive, so that the discrepancy of this kernel is one as well. Where summing
/// directly is less work, it does that.
///
/// Error: |kernel - exp| <= error for every two pairs; a value is off by at most error * sum of lifetimes, a
/// slope by about c / sqrt(width) times as much.
/// Cost: (sources + targets) p_b p_l multiply-adds; at most 32 MB.
struct fourier_series_sums {
    /// Of the kernel, 1e-14 to 0.1. Less takes more terms: p grows with c.
    double error = 1e-12;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<kernel_sum> sums(std::span<const principal_pair> sources,
                                                                 std::span<const principal_pair> targets,
                                                                 double width, const execution& where) const;

private:
    static constexpr double largest_moments = 1 << 18;
    /// Pairs at a time: few enough that the temporary tables stay below what the C library gives back to the
    /// system when they are freed, which took two thirds of the time with 128.
    static constexpr std::int64_t chunk = 32;

    /// sum_j l_j phi(b_j) phi(l_j)^T, in a fixed order: 16 parts, then their sum.
    TOPOPRUNE_DECLARE [[nodiscard]] static Eigen::MatrixXd moments(std::span<const principal_pair> sources,
                                                                   const detail::fourier_axis& births,
                                                                   const detail::fourier_axis& lifetimes,
                                                                   const execution& where);

    TOPOPRUNE_DECLARE [[nodiscard]] static std::vector<kernel_sum>
    evaluate(std::span<const principal_pair> targets, const detail::fourier_axis& births,
             const detail::fourier_axis& lifetimes, const Eigen::MatrixXd& moments, const execution& where);
};

static_assert(KernelSums<fourier_series_sums>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "fourier_series_sums.ipp"
#endif
