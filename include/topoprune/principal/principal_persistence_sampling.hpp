// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace topoprune {

/// Whether the points of one subset may repeat.
enum class subset_draw {
    /// Each point of a subset is uniform among all, independent of the others: the measure of the definition.
    with_replacement,
    /// The points of a subset are different. A repeated point never gives a pair, so that this only raises
    /// the share of subsets that have one, by about 1 + (q + 1)(2q + 1) / n.
    without_replacement,
};

/// The random subsets of a principal persistence measure. Draw i is a hash of (seed of the run, degree, step,
/// i): any thread finds any subset, and the same run draws the same ones.
///
/// A policy is constant, so every evaluation within one run sees the same subsets: the loss is then one fixed
/// function of the points, whose gradient is exact, and an ascent of a few steps climbs that function. A
/// training loop that wants fresh subsets in every step counts `step` up.
struct principal_persistence_sampling {
    /// s, the number of subsets, 1 to 2^50; unset: 5,000 n. More make values and gradients less random, by
    /// 1 / sqrt(s). A loss of the whole cloud, as a regularizer, needs about a thousand (Wong, Lee, Yan 2025
    /// take 1,024 to 2,048). The displacement of single points needs thousands for each point: of 5,000
    /// points in the plane moved by six steps of gradient_ascent on the expected lifetime, the ranks of two
    /// seeds correlate 0.04 at s = 20 n, 0.38 at 200 n, 0.88 at 2,000 n, 0.95 at 5,000 n; with adam, which
    /// forgets the size of a gradient, 0.72 at 5,000 n (benchmarks/principal_persistence.cpp).
    std::optional<std::int64_t> samples{};

    subset_draw draw = subset_draw::with_replacement;

    /// Where set, subsets are drawn from this many, at most 2^31, that are fixed for the run (whatever the
    /// step); the points of each of them are different. Few make the measure of all steps lean on the same
    /// subsets; the authors' code takes 8 s for images.
    std::optional<std::int64_t> pool{};

    /// Which draw of the run. Another step, other subsets.
    std::uint64_t step = 0;

    /// s for n points.
    [[nodiscard]] std::int64_t samples_for(std::int64_t n) const { return samples.value_or(5000 * n); }

    /// Throws std::invalid_argument for a number of subsets or a pool out of range.
    TOPOPRUNE_DECLARE void check(std::string_view function) const;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "principal_persistence_sampling.ipp"
#endif
