// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "dual.hpp"

#include <vector>

namespace topoprune {

/// DUAL with beta sampling (Cho et al. 2025): the weights of a draw without replacement (weighted_random)
/// that moves to easier samples the more is pruned. With m_i the mean of p_t(y) over the epochs looked at,
///     score_i = dual_i * Beta(m_i; a = 16 - b, b = 15 (1 - mu) (1 - r^strength)),
/// r = pruned_fraction, mu = mean of m over the ten samples of highest DUAL score. b is held at or above
/// 1e-3: as r nears 1 it vanishes, and a density with b = 0 is none. High: valuable. Scaled so that the
/// largest is 1. O(T n (c + window)).
struct dual_beta {
    static constexpr high_end high = high_end::valuable;

    dual base{};
    /// The share of the samples that will be dropped, in [0, 1).
    double pruned_fraction = 0.5;
    /// The authors' c_d, > 0: how late the move to easier samples begins. 4 on CIFAR-10 and CIFAR-100.
    double strength = 4;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;

private:
    TOPOPRUNE_DECLARE [[nodiscard]] static double mean_of_best(const std::vector<double>& column,
                                                               const std::vector<double>& means);
};

static_assert(DatasetScore<dual_beta>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "dual_beta.ipp"
#endif
