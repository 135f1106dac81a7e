// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "subset_distance.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace topoprune {

/// The maximum mean discrepancy (Gretton, Borgwardt, Rasch, Schoelkopf, Smola 2012) of the kept samples S
/// from all samples X under a Gaussian kernel k(x, y) = exp(-|x - y|^2 / (2 h^2)),
///
///     MMD = sqrt(E k(x, x') + E k(s, s') - 2 E k(x, s)),
///
/// with all expectations over the samples themselves, a sample paired with itself included; from 0 to
/// sqrt(2). (The discrepancy of persistence measures is a loss: maximum_mean_discrepancy.)
///
/// MMD^2 is the mean, over frequencies w that are normal with standard deviation 1 / h, of
/// |mean of exp(i <w, x>) - mean of exp(i <w, s>)|^2 (Rahimi and Recht 2007). The mean is taken over random
/// frequencies. All its terms are positive, so that the relative error falls as 1 / sqrt(frequencies),
/// whatever the size of the MMD: about 2 % of it for 512.
///
/// Cost: frequencies * n (d / 4 + 20) ns about; 16 d bytes a thread.
struct kernel_discrepancy {
    /// h, in units of the features, positive. Small ones see fine detail, large ones the means alone.
    /// Unset: the median distance of 2,000 random pairs of samples (the median heuristic).
    std::optional<double> bandwidth{};
    /// Number of random frequencies, at least 2.
    std::int64_t frequencies = 512;

    TOPOPRUNE_DECLARE [[nodiscard]] distance_estimate measure(matrix_view<const float> features,
                                                              std::span<const std::int64_t> kept,
                                                              const execution& where) const;

    /// The median l2 distance of 2,000 random pairs of different samples, over those that do not coincide; 0
    /// if all do, or for fewer than two samples.
    TOPOPRUNE_DECLARE [[nodiscard]] static double median_distance(matrix_view<const float> features,
                                                                  const execution& where);

private:
    static constexpr std::uint64_t stream = 0x6672657175656e63; // "frequenc"

    /// Sums of (cos, sin) over all samples and over the kept ones.
    struct characteristic {
        Eigen::Array2d all = Eigen::Array2d::Zero();
        Eigen::Array2d kept = Eigen::Array2d::Zero();
    };

    [[nodiscard]] static std::vector<double> row_of(matrix_view<const float> features, std::uint64_t i) {
        const std::span<const float> row = features.row(static_cast<std::int64_t>(i));
        return {row.begin(), row.end()};
    }

    TOPOPRUNE_DECLARE [[nodiscard]] static std::vector<double>
    frequency(std::int64_t d, double h, std::int64_t k, const execution& where);

    /// Phases are taken from the first sample, so that what all share loses no digits.
    TOPOPRUNE_DECLARE [[nodiscard]] static characteristic
    characteristic_at(matrix_view<const float> features, std::span<const std::uint8_t> mask,
                      std::span<const double> w);
};

static_assert(SubsetDistance<kernel_discrepancy>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "kernel_discrepancy.ipp"
#endif
