// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "kernel_sums.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// Random Fourier features (Rahimi and Recht 2007):
///     exp(-|z - z'|^2 / width)  ~  1/F sum over k of cos(omega_k . (z - z')),   omega_k normal, variance 2 /
///     width.
/// The frequencies are a hash of the seed of the run and `draw`. The approximate kernel is a kernel itself:
/// the discrepancy is a sum of F squares. fourier_series_sums is exact to any error and usually faster;
/// random features serve where the pairs spread over many widths in both coordinates.
///
/// Error: the kernel is right on average over draws, with a standard deviation of at most 1 / sqrt(2 F) at
/// any two places, whatever the width; a value is off by that times the sum of lifetimes.
/// Cost: (sources + targets) F time, about 35 ns each on one core; 256 F bytes.
struct random_feature_sums {
    /// F, 1 to 2^24.
    std::int64_t features = 1024;
    /// Another one, other frequencies.
    std::uint64_t draw = 0;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<kernel_sum> sums(std::span<const principal_pair> sources,
                                                                 std::span<const principal_pair> targets,
                                                                 double width, const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x6665617475726573; // "features"

    TOPOPRUNE_DECLARE [[nodiscard]] Eigen::ArrayX2d frequencies(double width, const execution& where) const;

    [[nodiscard]] static double phase(const principal_pair& pair, const Eigen::ArrayX2d& omega,
                                      Eigen::Index k) {
        return pair.birth * omega(k, 0) + pair.lifetime * omega(k, 1);
    }

    /// 1/F sum_j l_j (cos, sin)(omega . z_j), in a fixed order: 16 parts, then their sum.
    TOPOPRUNE_DECLARE [[nodiscard]] Eigen::ArrayX2d moments_of(std::span<const principal_pair> sources,
                                                               const Eigen::ArrayX2d& omega,
                                                               const execution& where) const;
};

static_assert(KernelSums<random_feature_sums>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "random_feature_sums.ipp"
#endif
