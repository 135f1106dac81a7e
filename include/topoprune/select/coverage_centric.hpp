// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/strata.hpp"

#include <vector>

namespace topoprune {

/// Coverage-centric selection (Zheng et al. 2023, CCS): leaves out the share `skipped_hardest` of a class,
/// cuts the scores of the rest into strata of equal width, spreads the budget over them by water-filling and
/// draws each stratum at random. Needs a score whose high end is hard or easy; the authors take the area
/// under the margin. They cut all classes together: give one class for that. Where fewer samples are left
/// than the budget, the least hard of the skipped ones are taken as well, so that to keep all is to keep all.
/// Skipped samples, and those of a class of which nothing is drawn, have the stratum -1. O(n log n).
struct coverage_centric {
    /// The authors' beta, in [0, 1). On CIFAR-10 0, 0, .1, .1, .3 and on CIFAR-100 .1, .2, .2, .4, .5 where
    /// 30, 50, 70, 80, 90 % are pruned.
    double skipped_hardest = 0.1;
    /// >= 1.
    int strata = 50;

    [[nodiscard]] constexpr bool sees_features() const { return false; }

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x434353ULL;
};

static_assert(Selector<coverage_centric>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "coverage_centric.ipp"
#endif
