// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "dataset_score.hpp"

#include <Eigen/Core>

#include <vector>

namespace topoprune {

/// Feature distribution matching by optimal transport (Xiao et al. 2025, FDMat), as intended: with features
/// z >= 0,
///     f = sqrt(z + 1e-6) entry by entry,   x_i = (f_i - mean f) / |f_i|_2,   mu_c = class means of x,
///     M_ic = |x_i - mu_c|^2,   P = the entropic plan exp(-lambda M) with row sums 1 and column sums N_c,
///     score_i = sum_c (P_ic M_ic)^2.
/// High: hard; the authors keep the low end, class by class. The released code returns positions in an array
/// grouped by class as if they were row numbers; these scores are in the order of the samples.
/// Cost: O(n C (d + sweeps)), at most 1,000 sweeps of Sinkhorn's iteration. Memory: 8 (d + 2 C) bytes a
/// sample.
struct fdmat {
    static constexpr high_end high = high_end::hard;

    /// The authors' setting; > 0. Larger is nearer to the unregularized plan.
    double lambda = 4;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;

private:
    static constexpr int most_sweeps = 1000;
    static constexpr double tolerance = 1e-6;

    TOPOPRUNE_DECLARE [[nodiscard]] static matrix<double> squared_distances(matrix_view<const float> features,
                                                                            const class_partition& classes);

    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double>
    transport_plan(const matrix<double>& costs, const class_partition& classes, const execution& where) const;
};

static_assert(DatasetScore<fdmat>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "fdmat.ipp"
#endif
