// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../neighbors/neighbor_graph.hpp"

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The membership of a neighbor at distance d is exp(-max(0, d - rho) / sigma).
struct membership_scale {
    float sigma = 0;
    float rho = 0;
};

/// rho: the distance to the local_connectivity-th neighbor among those at positive distance, interpolated.
TOPOPRUNE_DECLARE [[nodiscard]] float connected_distance(std::span<const float> distances,
                                                         double local_connectivity);

/// sigma such that the memberships add up to `target`, by at most 64 bisections to 1e-5.
TOPOPRUNE_DECLARE [[nodiscard]] double solve_sigma(std::span<const float> distances, float rho,
                                                   double target);

/// Memberships that add up to log2(k + 1), where k + 1 counts the sample itself. sigma is at least 1/1000 of
/// the mean distance to the neighbors (of all samples if rho is 0), itself counted at 0.
TOPOPRUNE_DECLARE [[nodiscard]] membership_scale
fit_membership_scale(std::span<const float> distances, double local_connectivity, double mean_of_all);

/// The scale of a new sample among k samples that are already placed. The nearest of them stands for the
/// sample itself: it is not counted in the sum, which is log2(k), and one connected neighbor less is asked
/// for. sigma is at least 1/1000 of the mean distance. As umap-learn's transform, but for that floor, which
/// is its own row's here, so that a new sample's memberships do not depend on the others it comes with.
TOPOPRUNE_DECLARE [[nodiscard]] membership_scale fit_new_membership_scale(std::span<const float> distances,
                                                                          double local_connectivity);

[[nodiscard]] inline float membership(float distance, const membership_scale& scale) {
    const float excess = distance - scale.rho;
    return excess <= 0 || scale.sigma == 0 ? 1.0F : std::exp(-excess / scale.sigma);
}

/// One scale for each sample. O(n k) times the bisections.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<membership_scale>
fit_membership_scales(const neighbor_graph& neighbors, double local_connectivity, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "membership.ipp"
#endif
