// SPDX-License-Identifier: MIT
#pragma once

#include "../loss/topological_loss.hpp"
#include "detail/principal_pull_back.hpp"
#include "maximum_mean_discrepancy.hpp"
#include "measure_discrepancy.hpp"
#include "principal_persistence.hpp"

namespace topoprune {

/// How far the principal persistence measure of the points is from a target, the regularizer of Wong, Lee and
/// Yan (2025):
///
///     principal_persistence_loss{.degree = 1,
///                                .discrepancy = maximum_mean_discrepancy{.sigma = 0.05},
///                                .target = principal_persistence(shape, 1, {.samples = 2048})}
///
/// Ascent moves the points away from the target, which by default is the trivial measure; to bring them
/// closer, descend: weighted_loss{-1.0, loss}. Regularizers of several degrees add up in a sum_of_losses.
///
/// Draws s subsets by the seed of the run and the row numbers of the points: another order of the points
/// draws other subsets, and the value agrees up to the noise of the sampling. Fewer than 2q + 2 points have
/// the trivial measure: gradient 0.
///
/// Cost: that of the measure, O(s) whatever n, and of the discrepancy; 64 bytes a pair and 128 n m bytes.
template <MeasureDiscrepancy Discrepancy = maximum_mean_discrepancy<>>
struct principal_persistence_loss {
    /// q: 0 = components, 1 = holes, ..., 31.
    int degree = 1;
    Discrepancy discrepancy{};
    /// Of the same degree. It does not move.
    principal_measure target{};
    principal_persistence_sampling sampling{.samples = 2048};

    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const {
        using detail::principal_sampler;
        principal_sampler::check(points, degree, sampling, "principal_persistence_loss");
        const principal_measure measure = points.rows() < principal_sampler::fewest_points(degree)
                                              ? principal_measure{}
                                              : principal_persistence(points, degree, sampling, where);
        const discrepancy_value found = discrepancy.evaluate(measure, target, where);
        require(found.by_pair.size() == measure.pairs.size(), "principal_persistence_loss",
                "the number of derivatives that the discrepancy gave", found.by_pair.size(),
                "the number of pairs,", measure.pairs.size());
        return {found.value, detail::pull_back_pairs(points, measure.pairs, found.by_pair, where)};
    }
};

static_assert(TopologicalLoss<principal_persistence_loss<>>);

} // namespace topoprune
